/**
 * Makes the Go stubs below internal/ from proto/, with the protoc that `make gen` takes and the generators that go.mod names.
 *
 *     node test/conformance/interop/go/generate.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainProtoc } from '../../../../scripts/gen-protoc.ts';

const MODULE = 'quiver/test/conformance/interop';
/** Stubs of go-plugin's own examples come with its module. */
const packages: Readonly<Record<string, string>> = {
  'conformance/peer.proto': 'internal/peerpb',
  'examples/hello.proto': 'internal/greeterpb',
};

const goDir = import.meta.dirname;
const root = join(goDir, '../../../..');
const { protoc } = obtainProtoc('must', join(root, '.cache'));
if (!protoc) {
  throw new Error('Cannot make the Go stubs: there is no protoc');
}
const generators = mkdtempSync(join(tmpdir(), 'quiver-protoc-gen-'));
try {
  for (const tool of [
    'google.golang.org/protobuf/cmd/protoc-gen-go',
    'google.golang.org/grpc/cmd/protoc-gen-go-grpc',
  ]) {
    execFileSync('go', ['build', '-o', generators, tool], { cwd: goDir, stdio: 'inherit' });
  }
  const flags = ['go', 'go-grpc'].flatMap((name) => [
    `--plugin=protoc-gen-${name}=${join(generators, `protoc-gen-${name}`)}`,
    `--${name}_out=${goDir}`,
    `--${name}_opt=module=${MODULE}`,
    // The .proto files say nothing of Go.
    ...Object.entries(packages).map(([file, folder]) => `--${name}_opt=M${file}=${MODULE}/${folder}`),
  ]);
  const includes = [join(root, 'proto'), protoc.includeDir].map((folder) => `-I${folder}`);
  execFileSync(protoc.command, [...includes, ...flags, ...Object.keys(packages)], { stdio: 'inherit' });
} finally {
  rmSync(generators, { recursive: true });
}
