import { copyBytes } from '../frame/bytes.ts';
import { type Field, type FixedColumn, isValid, type RecordBatch, type VariableColumn } from '../frame/column.ts';
import type { QueryFormat } from '../model/query.ts';
import { isNumeric, timeNames } from './time-column.ts';

/** What an engine gives: fields, and batches to be read once. */
export interface Streamed {
  readonly fields: readonly Field[];
  readonly batches: AsyncIterable<RecordBatch>;
}

/** The texts of an enum travel with each answer, twice, and no palette tells more of them apart. */
const maxTexts = 1000;

/**
 * Makes texts of those enums that a Grafana enum would serve worse. A panel along the time (state timeline, time series) draws an enum by
 * its values; pie charts, gauges and stats take their names from text columns alone, so tables without a time have texts. In a time
 * series enums are labels, whose texts are looked up there.
 *
 * @param forPanel false for rules, expressions and annotations, which read values and not a field's config
 */
export function withTexts(result: Streamed, format: QueryFormat | 'annotation', forPanel: boolean): Streamed {
  const hasTime = result.fields.some(
    ({ name, type }) => type === 'timestamp' || (isNumeric(type) && timeNames.includes(name.toLowerCase())),
  );
  const isKept = ({ texts = [] }: Field) =>
    format === 'time_series' ||
    format === 'multi' ||
    (format === 'table' && forPanel && hasTime && texts.length <= maxTexts);
  const expanded = result.fields.flatMap((field, i) => (field.type === 'enum' && !isKept(field) ? [i] : []));
  if (expanded.length === 0) {
    return result;
  }
  const texts = new Map(expanded.map((i) => [i, (result.fields[i]?.texts ?? []).map((text) => Buffer.from(text))]));
  return {
    fields: result.fields.map((field, i) => (texts.has(i) ? { name: field.name, type: 'utf8' } : field)),
    batches: expandBatches(result.batches, texts),
  };
}

/** Leaving the loop early ends the engine's stream too, since a generator's end is its source's. */
async function* expandBatches(
  batches: AsyncIterable<RecordBatch>,
  texts: ReadonlyMap<number, readonly Uint8Array[]>,
): AsyncGenerator<RecordBatch> {
  for await (const { rowCount, columns } of batches) {
    const expanded = columns.map((column, i) => {
      const own = texts.get(i);
      return own === undefined ? column : expand(column as FixedColumn, own);
    });
    yield { rowCount, columns: expanded };
  }
}

function expand(column: FixedColumn, texts: readonly Uint8Array[]): VariableColumn {
  const { length, validity, nullCount } = column;
  const codes = column.values as Uint16Array;
  const offsets = new Int32Array(length + 1);
  for (let row = 0; row < length; row++) {
    const byteLength = isValid(column, row) ? (texts[codes[row] as number] as Uint8Array).byteLength : 0;
    offsets[row + 1] = (offsets[row] as number) + byteLength;
  }
  const bytes = new Uint8Array(offsets[length] as number);
  for (let row = 0; row < length; row++) {
    if (isValid(column, row)) {
      const text = texts[codes[row] as number] as Uint8Array;
      copyBytes(text, 0, bytes, offsets[row] as number, text.byteLength);
    }
  }
  return { layout: 'variable', length, validity, nullCount, offsets, bytes };
}
