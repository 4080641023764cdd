/**
 * Makes the stubs from proto/ (`make gen`), or says whether the two still belong together. gen-layout.ts says which go where.
 *
 *     node scripts/gen.ts                    regenerate; fetches protoc from PyPI where there is none
 *     node scripts/gen.ts --check            regenerate aside and compare with what is committed (`make gen-check`)
 *     node scripts/gen.ts --check --try      the same, but compare the stamp where no protoc can be had (`make test`)
 *     node scripts/gen.ts --check --offline  the same, but fetch none (`make check`)
 *
 * The stamp (src/generated/stamp.sha256) holds a hash of every .proto, of the generators and of every stub. It needs
 * neither protoc, Python nor network, and still sees a .proto changed without its stubs and a stub edited by hand;
 * only a stamp that was forged together with a stub gets past it, and what has a protoc catches that.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { protoRoots } from './gen-layout.ts';
import { type Fetching, obtainProtoc, type Protoc } from './gen-protoc.ts';
import { generatorSources, readProtos, renderStubs } from './gen-render.ts';
import { compareStamp, formatStamp, STAMP } from './gen-stamp.ts';
import { type FileTree, readTree } from './gen-tree.ts';

/** Brings the stubs of a project in line with its proto/, touching only what differs; returns the paths it touched. */
export function generate(project: string, protoc: Protoc): string[] {
  const expected = render(project, protoc);
  const actual = readGenerated(project);
  const touched: string[] = [];
  for (const [path, text] of expected) {
    if (actual.get(path) === text) {
      continue;
    }
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
    touched.push(path);
  }
  for (const path of actual.keys()) {
    if (expected.has(path)) {
      continue;
    }
    rmSync(join(project, path));
    touched.push(path);
  }
  return touched.sort();
}

/** Compares with a fresh generation, or with the stamp alone where there is no protoc; returns a line for each file at fault. */
export function check(project: string, protoc: Protoc | undefined): string[] {
  const actual = readGenerated(project);
  if (!protoc) {
    return compareStamp(actual.get(STAMP), inputs(project), stubsIn(actual));
  }
  const expected = render(project, protoc);
  const paths = new Set([...expected.keys(), ...actual.keys()]);
  return [...paths].sort().flatMap((path) => {
    if (!actual.has(path)) {
      return [`missing  ${path}`];
    }
    if (!expected.has(path)) {
      return [`surplus  ${path}`];
    }
    return actual.get(path) === expected.get(path) ? [] : [`differs  ${path}`];
  });
}

function render(project: string, protoc: Protoc): FileTree {
  const stubs = renderStubs(project, protoc);
  return new Map([...stubs, [STAMP, formatStamp(inputs(project), stubs)]]);
}

function inputs(project: string): FileTree {
  return new Map([...readProtos(project), ...generatorSources()]);
}

function readGenerated(project: string): FileTree {
  const files = protoRoots.flatMap(({ stubs }) =>
    [...readTree(join(project, stubs))].map(([path, text]): [string, string] => [`${stubs}/${path}`, text]),
  );
  return new Map(files);
}

function stubsIn(tree: FileTree): FileTree {
  return new Map([...tree].filter(([path]) => path !== STAMP));
}

function main(args: readonly string[]): number {
  const project = join(import.meta.dirname, '..');
  const checks = args[0] === '--check';
  const { protoc, by } = obtainProtoc(fetchingFor(checks ? args.slice(1) : args), join(project, '.cache'));
  if (!checks) {
    if (!protoc) {
      throw new Error('Cannot regenerate the stubs: there is no protoc');
    }
    const touched = generate(project, protoc);
    console.log(`stubs: ${touched.length} files written or removed, by ${by}`);
    return 0;
  }
  const faults = check(project, protoc);
  for (const fault of faults) {
    console.error(fault);
  }
  if (faults.length > 0) {
    console.error('The stubs are out of step with proto/: run `make gen` and commit the result');
  } else {
    console.log(`The stubs are in step with proto/, by ${by}`);
  }
  return faults.length > 0 ? 1 : 0;
}

function fetchingFor(args: readonly string[]): Fetching {
  const meanings: Readonly<Record<string, Fetching>> = { '': 'must', '--try': 'may', '--offline': 'never' };
  const fetching = meanings[args.join(' ')];
  if (fetching === undefined) {
    throw new Error(`Cannot run gen: unknown arguments ${args.join(' ')}, expected [--check] [--try | --offline]`);
  }
  return fetching;
}

if (import.meta.main) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
