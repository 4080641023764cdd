import { median, rounded } from './numbers.ts';

/** What a measuring host of the interop matrix prints. */
export interface ProtocolFigures {
  readonly startMs: readonly number[];
  readonly unaryPerSecond: number;
  readonly unary16PerSecond: number;
  readonly messageMs: readonly number[];
  readonly streamMs: readonly number[];
}

export interface ProtocolRun {
  readonly host: string;
  readonly plugin: string;
  readonly figures: ProtocolFigures;
}

const rows: readonly [string, (figures: ProtocolFigures) => readonly number[]][] = [
  ['start to the first good health check, ms', ({ startMs }) => startMs],
  ['unary calls a second, one caller', ({ unaryPerSecond }) => [unaryPerSecond]],
  ['unary calls a second, 16 callers', ({ unary16PerSecond }) => [unary16PerSecond]],
  ['64 MiB in one message, ms', ({ messageMs }) => messageMs],
  ['64 MiB in a stream of 64 KiB, ms', ({ streamMs }) => streamMs],
];

/** The section on the protocol: the medians of each pair, and in brackets what that is to Go on both sides. */
export function renderProtocol(runs: readonly ProtocolRun[]): string {
  const pairs = [...new Set(runs.map(({ host, plugin }) => `${host} → ${plugin}`))];
  const valuesOf = (pair: string, pick: (figures: ProtocolFigures) => readonly number[]) =>
    runs.filter(({ host, plugin }) => `${host} → ${plugin}` === pair).flatMap(({ figures }) => pick(figures));
  const table = rows.map(([name, pick]) => {
    const baseline = median(valuesOf('go → go', pick));
    const cells = pairs.map((pair) => {
      const value = median(valuesOf(pair, pick));
      return pair === 'go → go' ? rounded(value) : `${rounded(value)} (${(value / baseline).toFixed(2)})`;
    });
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  return [
    '## The protocol, beside Go',
    '',
    'Columns are host → plugin, the ratio to Go on both sides in brackets; the plugins are those of the interop matrix, over a Unix socket,',
    'without TLS. The TypeScript programs run from their sources, as `node plugin.ts`: the built executable starts faster.',
    '',
    `| | ${pairs.join(' | ')} |`,
    `|---|${pairs.map(() => '---|').join('')}`,
    ...table,
    '',
  ].join('\n');
}
