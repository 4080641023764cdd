/** What a measuring host prints. */
export interface Figures {
  readonly startMs: readonly number[];
  readonly unaryPerSecond: number;
  readonly unary16PerSecond: number;
  readonly messageMs: readonly number[];
  readonly streamMs: readonly number[];
}

export interface Measured {
  readonly host: string;
  readonly plugin: string;
  readonly figures: Figures;
}

export interface Machine {
  readonly node: string;
  readonly go: string;
  readonly processor: string;
  /** Of one minute, when the run began. */
  readonly loadBefore: number;
}

const rows: readonly [string, (figures: Figures) => readonly number[]][] = [
  ['start to the first good health check, ms', ({ startMs }) => startMs],
  ['unary calls a second, one caller', ({ unaryPerSecond }) => [unaryPerSecond]],
  ['unary calls a second, 16 callers', ({ unary16PerSecond }) => [unary16PerSecond]],
  ['64 MiB in one message, ms', ({ messageMs }) => messageMs],
  ['64 MiB in a stream of 64 KiB, ms', ({ streamMs }) => streamMs],
];

/** bench/README.md: the medians of each pair, and in brackets what that is to Go on both sides. */
export function renderBench(runs: readonly Measured[], machine: Machine): string {
  const pairs = [...new Set(runs.map(({ host, plugin }) => `${host} → ${plugin}`))];
  const valuesOf = (pair: string, pick: (figures: Figures) => readonly number[]) =>
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
    '# Figures',
    '',
    'Written by `make bench`; nothing here is edited by hand. Medians of one run on one machine, the ratio to Go on both sides in brackets.',
    'Columns are host → plugin; the plugins are those of the interop matrix, over a Unix socket, without TLS. The TypeScript programs run from',
    'their sources, as `node plugin.ts`: the built executable starts faster.',
    '',
    `${machine.processor}; Node ${machine.node}, ${machine.go}; load before the run ${machine.loadBefore.toFixed(1)}.`,
    '',
    `| | ${pairs.join(' | ')} |`,
    `|---|${pairs.map(() => '---|').join('')}`,
    ...table,
    '',
  ].join('\n');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) {
    throw new Error('Cannot take the median of nothing');
  }
  return (low + high) / 2;
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}
