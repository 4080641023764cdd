import { type Cell, type Frame, frameColumn } from '../../src/frame/index.ts';

const bars = '▁▂▃▄▅▆▇█';

/** The series of a wide time series as lines of little bars on one common scale, each with its labels, lowest and highest value. */
export function renderSeries(frame: Frame): string[] {
  const series = frame.fields.flatMap(({ name, type, labels = {} }, index) =>
    type === 'timestamp' ? [] : [{ title: titleOf(name, labels), values: frameColumn(frame, index).map(toNumber) }],
  );
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const width = Math.max(...series.map(({ title }) => title.length));
  return series.map(({ title, values }) => {
    const graph = values.map((value) => barOf(value, low, high)).join('');
    return `${title.padEnd(width)}  ${graph}  ${rangeOf(values)}`;
  });
}

function titleOf(name: string, labels: Readonly<Record<string, string>>): string {
  return [name, ...Object.values(labels)].join(' ');
}

function toNumber(cell: Cell): number | null {
  return cell === null ? null : Number(cell);
}

function barOf(value: number | null, low: number, high: number): string {
  if (value === null) {
    return ' ';
  }
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? ' ';
}

function rangeOf(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 'no values' : `${Math.min(...known).toFixed(1)} … ${Math.max(...known).toFixed(1)}`;
}
