/**
 * Makes one text of what the protoc versions (3.19, 3.20) and the two gRPC generators write differently.
 */

/** Returns the stub to keep, or undefined for a file without content: a service stub of a .proto without services. */
export function normalizeStub(path: string, text: string): string | undefined {
  if (text.startsWith('// GENERATED CODE -- NO SERVICES IN PROTO')) {
    return undefined;
  }
  if (path.endsWith('_grpc_pb.js')) {
    return withoutComments(text);
  }
  if (path.endsWith('_pb.js')) {
    return withGlobalThis(text);
  }
  return text;
}

/** gRPC's own generator carries the .proto's comments along, and loses the indentation of what follows them. */
function withoutComments(text: string): string {
  const [header, ...lines] = text.split('\n');
  const code = lines.filter((line) => !/^\s*\/\//.test(line)).map((line) => line.replace(/^\w+: \{$/, '  $&'));
  return [header, ...code].join('\n');
}

/** The search for the global object reads `window`, which throws in the strict mode of a bundle. */
function withGlobalThis(text: string): string {
  const normalized = text.replace(
    /^var global = \(function\(\) \{[\s\S]*?\.call\(null\)\)?;$/m,
    'var global = globalThis;',
  );
  if (!normalized.includes('var global = globalThis;')) {
    throw new Error('Cannot normalize a stub: its search for the global object is not of a known form');
  }
  return normalized;
}
