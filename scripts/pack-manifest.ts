import type { Reached } from './pack-files.ts';

type Versions = Readonly<Record<string, string>>;
type Exports = Readonly<Record<string, { readonly types: string; readonly default: string }>>;

/** The part of the project's package.json that the package is made of. */
export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Exports;
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
}

/** The exports as they are after compiling: `./src/frame/index.ts` → `./frame/index.js`, with its declarations. */
export function packageExports(exports: Exports): Exports {
  return Object.fromEntries(
    Object.entries(exports).map(([name, target]) => {
      const stem = target.default.replace(/^\.\/src\/(.*)\.ts$/, './$1');
      return [name, { types: `${stem}.d.ts`, default: `${stem}.js` }];
    }),
  );
}

/** The package's own package.json. Throws where something is imported that the project does not depend on. */
export function packageManifest(project: ProjectManifest, exports: Exports, reached: Reached): object {
  const { name, version, license } = project;
  return {
    name,
    version,
    description:
      "HashiCorp's go-plugin for hosts and plugins, Grafana's backend SDK and its Arrow frames, in TypeScript",
    license,
    type: 'module',
    exports,
    // Where globSync() is no experiment any more; nothing newer is used.
    engines: { node: '>=22.17' },
    dependencies: dependenciesOf(project, reached),
  };
}

function dependenciesOf({ dependencies, devDependencies }: ProjectManifest, reached: Reached): Versions {
  const entries: [string, string][] = [];
  for (const name of new Set([...reached.packages, ...reached.typePackages])) {
    const version = dependencies[name];
    if (version === undefined) {
      throw new Error(`Cannot pack the library: it imports ${name}, which package.json has not among its dependencies`);
    }
    entries.push([name, version]);
    // Whoever compiles against our declarations needs the types that they speak of.
    const types = `@types/${name}`;
    const typesVersion = devDependencies[types];
    if (typesVersion !== undefined && reached.typePackages.has(name)) {
      entries.push([types, typesVersion]);
    }
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
