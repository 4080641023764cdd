/** Which stubs go where. */

/** A folder of .proto files that is the root of its own imports, and the folder of what protoc makes of them. */
export interface ProtoRoot {
  readonly protos: string;
  readonly stubs: string;
}

/**
 * Relative to the project, with forward slashes. A .proto belongs to the deepest row above it, and imports files of that row
 * and of google/protobuf. What the library and the plugin need stands in src, so that neither ships anybody's example.
 */
export const protoRoots: readonly ProtoRoot[] = [
  { protos: 'proto', stubs: 'src/generated' },
  { protos: 'proto/examples', stubs: 'examples/generated' },
  { protos: 'proto/conformance', stubs: 'test/conformance/interop/typescript/generated' },
];

/** The row that a .proto belongs to, by its path in the project; undefined below none of them. */
export function protoRootOf(path: string): ProtoRoot | undefined {
  return protoRoots
    .filter(({ protos }) => path.startsWith(`${protos}/`))
    .sort((a, b) => b.protos.length - a.protos.length)[0];
}

/** Whether a path in the project is that of a file in a folder of stubs. */
export function isStub(path: string): boolean {
  return protoRoots.some(({ stubs }) => path.startsWith(`${stubs}/`));
}
