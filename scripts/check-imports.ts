import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { findCycles } from './find-cycles.ts';
import { type Import, importsOf } from './imports-of.ts';

interface Rule {
  /** Rows of this table whose files may be imported, beside the row's own. */
  readonly ours: readonly string[];
  /** Packages; `@scope/*` is every package of a scope. */
  readonly npm: readonly string[];
  /** Packages of which only types may be imported. */
  readonly npmTypes?: readonly string[];
  /** Packages for its tests, beside vitest. */
  readonly npmTests?: readonly string[];
  /** Folders and files beside the tree, without endings, that may be imported too: `src/model`. */
  readonly beside?: readonly string[];
  /** Runs in a browser too, so Node's own modules are out. */
  readonly browser?: true;
}

type Rules = Readonly<Record<string, Rule>>;

/** A folder of the project, and the table that its files keep to. */
interface Tree {
  readonly folder: string;
  readonly rules: Rules;
}

/**
 * Who may import whom. A row is a folder or a file of src/, without its ending; the longest that fits a path counts, so `engine` is the
 * seam alone. Type imports count. Tests (`*.test.ts`, folders named `testing`) may import what their row may, vitest, and the stubs of the
 * examples.
 */
export const rules: Rules = {
  model: { ours: [], npm: [], npmTypes: ['@grafana/data'], browser: true },
  generated: { ours: [], npm: ['google-protobuf', '@grpc/grpc-js'] },
  'generated/flight': { ours: ['generated'], npm: ['google-protobuf', '@grpc/grpc-js'] },
  goplugin: {
    ours: ['generated'],
    npm: [
      '@grpc/grpc-js',
      'google-protobuf',
      '@libp2p/utils',
      '@libp2p/yamux',
      '@peculiar/x509',
      'reflect-metadata',
      'uint8arraylist',
    ],
  },
  frame: { ours: [], npm: ['flatbuffers'] },
  sql: { ours: [], npm: [], browser: true },
  steps: { ours: [], npm: [] },
  engine: { ours: ['frame'], npm: [] },
  'engine/duckdb': { ours: ['engine', 'frame', 'sql', 'steps'], npm: ['@duckdb/node-bindings'] },
  'engine/flightsql': { ours: ['engine', 'frame', 'generated/flight'], npm: ['@grpc/grpc-js'] },
  query: { ours: ['frame', 'model', 'sql', 'steps'], npm: [] },
  grafana: {
    ours: ['goplugin', 'frame', 'generated', 'steps'],
    npm: ['@grpc/grpc-js', 'google-protobuf', 'prom-client', '@opentelemetry/*'],
  },
  datasource: { ours: ['model', 'frame', 'query', 'engine', 'grafana', 'sql', 'steps'], npm: ['zod'] },
  ui: {
    ours: ['model', 'sql'],
    npm: ['@grafana/*', '@emotion/css', 'amd-module', 'lodash', 'react', 'rxjs', 'sql-formatter'],
    npmTests: ['@testing-library/*', 'jsdom'],
    browser: true,
  },
  main: {
    ours: [
      'model',
      'generated',
      'goplugin',
      'frame',
      'engine',
      'engine/duckdb',
      'engine/flightsql',
      'query',
      'grafana',
      'datasource',
    ],
    npm: [],
  },
};

/** The same for examples/: an example sees no more of this project than anybody who installs the package. */
const exampleRules: Rules = {
  generated: { ours: [], npm: ['google-protobuf', '@grpc/grpc-js'] },
  greeter: { ours: ['generated'], npm: ['quiver-sql-datasource/goplugin'] },
  bidirectional: { ours: ['generated'], npm: ['quiver-sql-datasource/goplugin'] },
  datasource: { ours: [], npm: ['quiver-sql-datasource/frame', 'quiver-sql-datasource/grafana'] },
};

/** And for workbench/: its server starts the plugin as a host does; its page takes the frontend as Grafana takes it, as module.js. */
const workbenchRules: Rules = {
  server: {
    ours: [],
    npm: ['esbuild', 'quiver-sql-datasource/frame'],
    beside: ['scripts/grafana-host', 'scripts/make-samples', 'scripts/targets'],
  },
  browser: { ours: [], npm: ['playwright-core'] },
  page: {
    ours: [],
    npm: ['@grafana/*', '@emotion/*', 'i18next', 'lodash', 'moment', 'react', 'react-dom', 'react-router', 'rxjs'],
    beside: ['src/model'],
    browser: true,
  },
};

const testPackages = ['vitest'];
const exampleStubs = 'examples/generated';
const sourceFile = /(\.test|\.d)?\.[cm]?[jt]sx?$/;

/**
 * Looks at every file of `<root>/src`, `<root>/examples` and `<root>/workbench` and returns one sentence for each import against the tables and for each
 * cycle of files.
 */
export function checkImports(root: string): string[] {
  return [
    ...checkTree(root, { folder: 'src', rules }),
    ...checkTree(root, { folder: 'examples', rules: exampleRules }),
    ...checkTree(root, { folder: 'workbench', rules: workbenchRules }),
  ];
}

function checkTree(root: string, tree: Tree): string[] {
  const { folder } = tree;
  const top = join(root, folder);
  const files = globSync('**/*', { cwd: top })
    .map(slashed)
    .filter((path) => sourceFile.test(path))
    .sort();
  const graph = new Map<string, string[]>();
  const problems: string[] = [];
  for (const file of files) {
    const targets: string[] = [];
    for (const found of importsOf(file, readFileSync(join(top, file), 'utf8'))) {
      const target = isRelative(found) ? resolveFile(top, file, found.specifier) : undefined;
      if (target !== undefined) {
        targets.push(target);
      }
      if (isTest(file) && isFile(join(root, exampleStubs), resolve(top, dirname(file), found.specifier))) {
        continue;
      }
      if (isRelative(found) && isBeside(tree, file, relative(root, resolve(top, dirname(file), found.specifier)))) {
        continue;
      }
      const reason = isRelative(found) ? whyNotOurs(tree, file, target) : whyNotPackage(tree, file, found);
      if (reason !== undefined) {
        problems.push(`${folder}/${file}:${found.line} imports ${found.specifier}: ${reason}`);
      }
    }
    graph.set(file, targets);
    if (rowOf(tree, file) === undefined) {
      problems.push(`${folder}/${file} belongs to no row of the table in scripts/check-imports.ts`);
    }
  }
  for (const cycle of findCycles(graph)) {
    problems.push(`Files import each other in a circle: ${cycle.map((file) => `${folder}/${file}`).join(' → ')}`);
  }
  return problems;
}

function isRelative(found: Import): boolean {
  return found.specifier.startsWith('.') || found.specifier.startsWith('/');
}

/** The imported file's path below the tree's folder, or undefined where there is none. Stubs name each other without an ending. */
function resolveFile(top: string, from: string, specifier: string): string | undefined {
  const path = resolve(top, dirname(from), specifier);
  const found = ['', '.ts', '.tsx', '.js', '.d.ts'].map((ending) => path + ending).find((name) => isFile(top, name));
  return found === undefined ? undefined : slashed(relative(top, found));
}

function isFile(folder: string, path: string): boolean {
  return path.startsWith(folder + sep) && sourceFile.test(path) && existsSync(path);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

function whyNotOurs(tree: Tree, from: string, target: string | undefined): string | undefined {
  if (target === undefined) {
    return `it names no source file below ${tree.folder}`;
  }
  const [fromRow, targetRow] = [rowOf(tree, from), rowOf(tree, target)];
  if (fromRow === undefined || targetRow === undefined || fromRow === targetRow) {
    return undefined; // a file without a row is a problem of its own
  }
  const { ours } = tree.rules[fromRow] as Rule;
  return ours.includes(targetRow) ? undefined : `${fromRow} may import ${listed(ours)} of ours, not ${targetRow}`;
}

/** @param target relative to the project */
function isBeside(tree: Tree, from: string, target: string): boolean {
  const stem = slashed(target).replace(sourceFile, '');
  const { beside = [] } = tree.rules[rowOf(tree, from) ?? ''] ?? {};
  return beside.some((name) => stem === name || stem.startsWith(`${name}/`));
}

function whyNotPackage(tree: Tree, from: string, found: Import): string | undefined {
  const row = rowOf(tree, from);
  if (row === undefined) {
    return undefined;
  }
  const { npm, npmTypes = [], npmTests = [], browser } = tree.rules[row] as Rule;
  if (isBuiltin(found.specifier)) {
    return browser && !isTest(from) ? `${row} runs in browsers too, where Node's modules are missing` : undefined;
  }
  const allowed = [...npm, ...(isTest(from) ? [...testPackages, ...npmTests] : [])];
  if (names(allowed, found.specifier) || (found.typeOnly && names(npmTypes, found.specifier))) {
    return undefined;
  }
  return names(npmTypes, found.specifier)
    ? `${row} may import only its types`
    : `${row} may import ${listed(npm)} from npm`;
}

function names(packages: readonly string[], specifier: string): boolean {
  return packages.some((name) =>
    name.endsWith('/*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );
}

function listed(list: readonly string[]): string {
  return list.length === 0 ? 'nothing' : `only ${list.join(', ')}`;
}

function isTest(file: string): boolean {
  return sourceFile.exec(file)?.[1] === '.test' || file.includes('/testing/');
}

/** `goplugin/plugin/serve.ts` → `goplugin`, `main.test.ts` → `main`. */
function rowOf({ rules }: Tree, file: string): string | undefined {
  const stem = file.replace(sourceFile, '');
  return Object.keys(rules)
    .filter((row) => stem === row || stem.startsWith(`${row}/`))
    .sort((a, b) => b.length - a.length)[0];
}

if (import.meta.main) {
  const problems = checkImports(join(import.meta.dirname, '..'));
  for (const problem of problems) {
    console.error(problem);
  }
  process.exitCode = problems.length === 0 ? 0 : 1;
}
