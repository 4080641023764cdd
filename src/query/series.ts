import type { RecordBatch } from '../frame/column.ts';
import type { Labels } from '../frame/metadata.ts';
import { indexLabel } from './label-index.ts';
import { PairIndex } from './pair-index.ts';

/** The rows of one series, in the order of the result. */
export interface Series {
  /** Null when the result has no labels. */
  readonly labels: Labels | null;
  readonly rows: Int32Array;
}

/** A column whose values tell series apart. */
export interface LabelColumn {
  readonly name: string;
  readonly index: number;
  /** An enum's. */
  readonly texts?: readonly string[];
}

/**
 * Sorts rows by their series, and series by their labels: by the first label's text, then the next (UTF-16 order), as Grafana's own
 * LongToWide does. Rows of which `rowOf` is -1 are left out.
 */
export function groupBySeries(
  batches: readonly RecordBatch[],
  labelColumns: readonly LabelColumn[],
  rowOf: Int32Array,
): readonly Series[] {
  const seriesOf = new Int32Array(rowOf.length);
  let texts: string[][] = [[]];
  for (const { index, texts: enumTexts } of labelColumns) {
    const columns = batches.flatMap(({ columns }) => columns[index] ?? []);
    const label = indexLabel(columns, rowOf.length, enumTexts);
    const pairs = new PairIndex();
    for (let row = 0; row < rowOf.length; row++) {
      if ((rowOf[row] as number) >= 0) {
        seriesOf[row] = pairs.idOf(seriesOf[row] as number, label.ids[row] as number);
      }
    }
    const known = texts;
    texts = Array.from({ length: pairs.size }, (_, id) => [
      ...(known[pairs.pairs[id * 2] as number] as string[]),
      label.texts[pairs.pairs[id * 2 + 1] as number] as string,
    ]);
  }
  const rowsOf = splitRows(seriesOf, rowOf, texts.length);
  const order = texts.map((_, id) => id).sort((a, b) => compare(texts[a] as string[], texts[b] as string[]));
  return order.map((id) => ({ labels: labelsOf(labelColumns, texts[id] as string[]), rows: rowsOf[id] as Int32Array }));
}

/** A counting sort: each series' rows, one behind the other in a single array. */
function splitRows(seriesOf: Int32Array, rowOf: Int32Array, seriesCount: number): Int32Array[] {
  const ends = new Int32Array(seriesCount + 1);
  for (let row = 0; row < rowOf.length; row++) {
    if ((rowOf[row] as number) >= 0) {
      const end = (seriesOf[row] as number) + 1;
      ends[end] = (ends[end] as number) + 1;
    }
  }
  for (let id = 0; id < seriesCount; id++) {
    ends[id + 1] = (ends[id + 1] as number) + (ends[id] as number);
  }
  const rows = new Int32Array(ends[seriesCount] as number);
  const starts = ends.slice();
  for (let row = 0; row < rowOf.length; row++) {
    if ((rowOf[row] as number) >= 0) {
      const id = seriesOf[row] as number;
      const next = starts[id] as number;
      rows[next] = row;
      starts[id] = next + 1;
    }
  }
  return Array.from({ length: seriesCount }, (_, id) => rows.subarray(ends[id], ends[id + 1]));
}

function compare(first: readonly string[], second: readonly string[]): number {
  for (const [index, text] of first.entries()) {
    const other = second[index] as string;
    if (text !== other) {
      return text < other ? -1 : 1;
    }
  }
  return 0;
}

function labelsOf(labelColumns: readonly LabelColumn[], texts: readonly string[]): Labels | null {
  // fromEntries, since a label may be called __proto__.
  return labelColumns.length === 0
    ? null
    : Object.fromEntries(labelColumns.map(({ name }, i) => [name, texts[i] as string]));
}
