/** Runs protoc over the .proto files and returns the stubs, the same ones whichever protoc made them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { descriptorModule } from './gen-descriptor.ts';
import { type ProtoRoot, protoRootOf, protoRoots } from './gen-layout.ts';
import { normalizeStub } from './gen-normalize.ts';
import { type Protoc, WHEEL } from './gen-protoc.ts';
import { type FileTree, readTree } from './gen-tree.ts';

const ITSELF = join(import.meta.dirname, 'gen-render.ts');
const GRPC_NODE = join(import.meta.dirname, 'protoc-gen-grpc-node.ts');
const DESCRIPTOR = join(import.meta.dirname, 'gen-descriptor.ts');
const LAYOUT = join(import.meta.dirname, 'gen-layout.ts');
const NORMALIZE = join(import.meta.dirname, 'gen-normalize.ts');
const TS_PROTOC_GEN = createRequire(import.meta.url).resolve('ts-protoc-gen/package.json');

/** The stubs are CommonJS inside a package of ES modules. */
const PACKAGE_JSON = '{ "type": "commonjs" }\n';

/** Returns every stub by its path in the project, stamp not included. */
export function renderStubs(project: string, protoc: Protoc): FileTree {
  const protos = [...readProtos(project).keys()];
  return new Map(
    protoRoots.flatMap((root) => {
      const own = protos.filter((path) => protoRootOf(path) === root);
      return own.length === 0 ? [] : renderRoot(project, root, own, protoc);
    }),
  );
}

/** Reads the .proto files of a project, by their paths in it. */
export function readProtos(project: string): FileTree {
  const protos = [...readTree(join(project, 'proto'))].filter(([path]) => path.endsWith('.proto'));
  return new Map(protos.map(([path, text]) => [`proto/${path}`, text]));
}

function renderRoot(project: string, root: ProtoRoot, protos: readonly string[], protoc: Protoc): [string, string][] {
  const workDir = mkdtempSync(join(tmpdir(), 'quiver-gen-'));
  try {
    const protoDir = join(project, root.protos);
    const names = protos.map((path) => path.slice(root.protos.length + 1));
    const stubs = makeStubs(protoDir, names, protoc, workDir);
    const served = names.filter((name) => stubs.has(name.replace(/\.proto$/, '_grpc_pb.js')));
    const descriptors = served.flatMap((name) => descriptorModule(name, describe(protoDir, name, protoc, workDir)));
    return [...stubs, ...descriptors, ['package.json', PACKAGE_JSON] as const].map(([path, text]) => [
      `${root.stubs}/${path}`,
      text,
    ]);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

/** What else decides how the stubs look, as name → text: protoc's version and arguments, our generator's sources, ts-protoc-gen's version. */
export function generatorSources(): FileTree {
  const { version } = JSON.parse(readFileSync(TS_PROTOC_GEN, 'utf8')) as { version: string };
  return new Map([
    [WHEEL, WHEEL],
    ['scripts/gen-descriptor.ts', readFileSync(DESCRIPTOR, 'utf8')],
    ['scripts/gen-layout.ts', readFileSync(LAYOUT, 'utf8')],
    ['scripts/gen-normalize.ts', readFileSync(NORMALIZE, 'utf8')],
    ['scripts/gen-render.ts', readFileSync(ITSELF, 'utf8')],
    ['scripts/protoc-gen-grpc-node.ts', readFileSync(GRPC_NODE, 'utf8')],
    [`ts-protoc-gen@${version}`, version],
  ]);
}

function makeStubs(protoDir: string, protos: readonly string[], protoc: Protoc, workDir: string): FileTree {
  const outDir = join(workDir, 'out');
  mkdirSync(outDir);
  const tsPlugin = nodeProgram(workDir, 'protoc-gen-ts', join(dirname(TS_PROTOC_GEN), 'bin/protoc-gen-ts'));
  const grpcPlugin = protoc.grpcNodePlugin ?? nodeProgram(workDir, 'protoc-gen-grpc', GRPC_NODE);
  const out = [
    `--js_out=import_style=commonjs,binary:${outDir}`,
    `--plugin=protoc-gen-ts=${tsPlugin}`,
    `--ts_out=service=grpc-node,mode=grpc-js:${outDir}`,
    `--plugin=protoc-gen-grpc=${grpcPlugin}`,
    `--grpc_out=grpc_js:${outDir}`,
  ];
  runProtoc(protoc, protoDir, out, protos);
  const stubs = [...readTree(outDir)].flatMap(([path, text]): [string, string][] => {
    const stub = normalizeStub(path, text);
    return stub === undefined ? [] : [[path, stub]];
  });
  return new Map(stubs);
}

/** Returns the FileDescriptorSet of a .proto and its imports. */
function describe(protoDir: string, proto: string, protoc: Protoc, workDir: string): Buffer {
  const file = join(workDir, 'descriptor-set');
  runProtoc(protoc, protoDir, ['--include_imports', `--descriptor_set_out=${file}`], [proto]);
  return readFileSync(file);
}

function runProtoc(protoc: Protoc, protoDir: string, out: readonly string[], protos: readonly string[]): void {
  try {
    const args = [`--proto_path=${protoDir}`, `--proto_path=${protoc.includeDir}`, ...out, ...protos];
    execFileSync(protoc.command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    throw new Error(`Cannot generate the stubs with ${protoc.origin}: ${stderr?.toString().trim() || message}`, {
      cause: error,
    });
  }
}

/** Wraps a script as the executable that protoc wants, run by this very Node whatever PATH says; returns its path. */
function nodeProgram(dir: string, name: string, script: string): string {
  if (process.platform === 'win32') {
    const path = join(dir, `${name}.cmd`);
    writeFileSync(path, `@"${process.execPath}" "${script}"\r\n`);
    return path;
  }
  const path = join(dir, name);
  writeFileSync(path, `#!/bin/sh\nexec ${shellQuote(process.execPath)} ${shellQuote(script)}\n`, { mode: 0o700 });
  return path;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
