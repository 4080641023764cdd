import type { RecordBatch } from '../frame/column.ts';
import type { Labels } from '../frame/metadata.ts';
import { inSlices, type Steps } from '../steps/steps.ts';
import { indexLabel, type LabelIndex } from './label-index.ts';
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
 *
 * @param checkCount throws where there are too many, before any is made: there may be as many as rows
 */
export function* groupBySeries(
  batches: readonly RecordBatch[],
  labelColumns: readonly LabelColumn[],
  rowOf: Int32Array,
  checkCount: (seriesCount: number) => void,
): Steps<readonly Series[]> {
  const seriesOf = new Int32Array(rowOf.length);
  const known: KnownLabel[] = [];
  let count = 1;
  for (const { index, texts: enumTexts } of labelColumns) {
    const columns = batches.flatMap(({ columns }) => columns[index] ?? []);
    const label = yield* indexLabel(columns, rowOf.length, enumTexts);
    const pairs = new PairIndex();
    yield* inSlices(rowOf.length, (start, end) => {
      for (let row = start; row < end; row++) {
        if ((rowOf[row] as number) >= 0) {
          seriesOf[row] = pairs.idOf(seriesOf[row] as number, label.ids[row] as number);
        }
      }
    });
    known.push({ pairs: pairs.pairs, label });
    count = pairs.size;
  }
  checkCount(count);
  const texts = Array.from({ length: count }, (_, id) => textsOf(id, known));
  const rowsOf = yield* splitRows(seriesOf, rowOf, count);
  const order = texts.map((_, id) => id).sort((a, b) => compare(texts[a] as string[], texts[b] as string[]));
  return order.map((id) => ({ labels: labelsOf(labelColumns, texts[id] as string[]), rows: rowsOf[id] as Int32Array }));
}

/** What tells series apart up to one label: for each the series by the labels before it, and this label's number. */
interface KnownLabel {
  readonly pairs: Int32Array;
  readonly label: LabelIndex;
}

/** The texts of a series' labels, found from the last label to the first. */
function textsOf(series: number, known: readonly KnownLabel[]): string[] {
  const texts: string[] = [];
  let id = series;
  for (const { pairs, label } of known.toReversed()) {
    texts.unshift(label.textOf(pairs[id * 2 + 1] as number));
    id = pairs[id * 2] as number;
  }
  return texts;
}

/** A counting sort: each series' rows, one behind the other in a single array. */
function* splitRows(seriesOf: Int32Array, rowOf: Int32Array, seriesCount: number): Steps<Int32Array[]> {
  const ends = new Int32Array(seriesCount + 1);
  yield* inSlices(rowOf.length, (start, end) => {
    for (let row = start; row < end; row++) {
      if ((rowOf[row] as number) >= 0) {
        const behind = (seriesOf[row] as number) + 1;
        ends[behind] = (ends[behind] as number) + 1;
      }
    }
  });
  for (let id = 0; id < seriesCount; id++) {
    ends[id + 1] = (ends[id + 1] as number) + (ends[id] as number);
  }
  const rows = new Int32Array(ends[seriesCount] as number);
  const starts = ends.slice();
  yield* inSlices(rowOf.length, (start, end) => {
    for (let row = start; row < end; row++) {
      if ((rowOf[row] as number) >= 0) {
        const id = seriesOf[row] as number;
        const next = starts[id] as number;
        rows[next] = row;
        starts[id] = next + 1;
      }
    }
  });
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
