import { parseArgs } from 'node:util';
import { type Cell, cellsOf, type Features } from './features.ts';
import { namesOf } from './judge.ts';

/** A cell and the checks to run there. */
export interface Selected {
  readonly cell: Cell;
  readonly checks: readonly string[];
}

/**
 * The part of the matrix that the arguments name: `--host`, `--plugin`, `--network`, `--auto-mtls`, `--check`, each as often as need be; what
 * is not named stands for all of it. Throws where a name is not in the table.
 */
export function select(features: Features, args: readonly string[]): Selected[] {
  const all = {
    host: features.hosts,
    plugin: features.plugins,
    network: features.networks,
    'auto-mtls': features.autoMtls.map(String),
    check: features.checks.map(({ name }) => name),
  };
  const { values: wanted } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', multiple: true, default: all.host },
      plugin: { type: 'string', multiple: true, default: all.plugin },
      network: { type: 'string', multiple: true, default: all.network },
      'auto-mtls': { type: 'string', multiple: true, default: all['auto-mtls'] },
      check: { type: 'string', multiple: true, default: all.check },
    },
  });
  for (const axis of Object.keys(all) as (keyof typeof all)[]) {
    const strange = wanted[axis].find((name) => !all[axis].includes(name));
    if (strange !== undefined) {
      throw new Error(`Cannot run --${axis} ${strange}: features.json has ${all[axis].join(', ')}`);
    }
  }
  return cellsOf(features)
    .filter(
      (cell) =>
        wanted.host.includes(cell.host) &&
        wanted.plugin.includes(cell.plugin) &&
        wanted.network.includes(cell.network) &&
        wanted['auto-mtls'].includes(String(cell.autoMtls)),
    )
    .map((cell) => ({ cell, checks: namesOf(features, cell).filter((name) => wanted.check.includes(name)) }));
}
