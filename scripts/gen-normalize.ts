/**
 * Makes one text of what the protoc versions (3.19, 3.20) and the two gRPC generators write differently.
 */

const OWN_NAMESPACE = 'var proto = {};\nvar global = { proto: proto };';

/** Returns the stub to keep, or undefined for a file without content: a service stub of a .proto without services. */
export function normalizeStub(path: string, text: string): string | undefined {
  if (text.startsWith('// GENERATED CODE -- NO SERVICES IN PROTO')) {
    return undefined;
  }
  if (path.endsWith('_grpc_pb.js')) {
    return withoutComments(text);
  }
  if (path.endsWith('_pb.js')) {
    return withOwnNamespace(text);
  }
  return text;
}

/** gRPC's own generator carries the .proto's comments along, and loses the indentation of what follows them. */
function withoutComments(text: string): string {
  const [header, ...lines] = text.split('\n');
  const code = lines.filter((line) => !/^\s*\/\//.test(line)).map((line) => line.replace(/^\w+: \{$/, '  $&'));
  return [header, ...code].join('\n');
}

/**
 * Generated messages hang on one global object `proto`, so that two files which name a message alike overwrite each other: a program's own
 * copy of `plugin.ConnInfo` would replace this library's. Nothing needs that object outside its file, so each file gets one of its own.
 * The search for the global one also reads `window`, which throws in the strict mode of a bundle.
 */
function withOwnNamespace(text: string): string {
  const normalized = text.replace(/^var global = \(function\(\) \{[\s\S]*?\.call\(null\)\)?;$/m, OWN_NAMESPACE);
  if (!normalized.includes(OWN_NAMESPACE)) {
    throw new Error('Cannot normalize a stub: its search for the global object is not of a known form');
  }
  return normalized.replace(/^goog\.object\.extend\(proto, (\w+)\);$/gm, (_line, imported: string) =>
    placeOf(imported),
  );
}

/** What is imported must stand in the file's own object too, under its full name: `add…()` of a repeated field looks for it there. */
function placeOf(imported: string): string {
  if (!/^google_protobuf_[a-z]+_pb$/.test(imported)) {
    throw new Error(`Cannot normalize a stub: it imports ${imported}, whose package is not known here`);
  }
  return `goog.object.extend((proto.google ??= {}).protobuf ??= {}, ${imported});`;
}
