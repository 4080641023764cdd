/** Writes a FileDescriptorSet as a module beside the stubs: gRPC reflection hands it out, and a single-file executable reads no files. */

const LINE_LENGTH = 120;

/** Returns the module and its types, as path → text: `a/b.proto` → `a/b_descriptor.js`, `a/b_descriptor.d.ts`. */
export function descriptorModule(proto: string, fileDescriptorSet: Buffer): [string, string][] {
  const stem = proto.replace(/\.proto$/, '_descriptor');
  const base64 = fileDescriptorSet.toString('base64').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return [
    // The decoder skips the ends of lines.
    [
      `${stem}.js`,
      `${HEADER}'use strict';\nexports.fileDescriptorSet = Buffer.from(\`\n${base64.join('\n')}\n\`, 'base64');\n`,
    ],
    [
      `${stem}.d.ts`,
      `${HEADER}/** ${proto} and what it imports, as a serialized google.protobuf.FileDescriptorSet. */\nexport const fileDescriptorSet: Uint8Array;\n`,
    ],
  ];
}

const HEADER = '// GENERATED CODE -- DO NOT EDIT!\n\n';
