import type { Column, Field } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import type { FrameMeta, Notice } from '../frame/metadata.ts';
import type { Steps } from '../steps/steps.ts';
import { findColumn } from './column-names.ts';
import { QueryError } from './errors.ts';
import { lossNotices } from './losses.ts';
import { asItIs, mapBatches } from './map-batches.ts';
import { type Result, rowCountOf } from './result.ts';
import { textAt, textColumn } from './text-column.ts';
import { withTimestamps } from './time-column.ts';
import { writtenColumn } from './written-column.ts';

const meta: FrameMeta = { type: 'table', preferredVisualisationType: 'table' };

interface Part {
  /** As Grafana calls it. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Text of a column; a part without is a time. */
  readonly make?: (field: Field, column: Column) => Steps<Column>;
}

const parts: readonly Part[] = [
  { name: 'time' },
  { name: 'timeEnd', aliases: ['endTime'] },
  { name: 'title', make: textColumn },
  { name: 'text', make: textColumn },
  { name: 'tags', make: tagsColumn },
  { name: 'id', make: textColumn },
];

/**
 * Names and types the columns of a table as Grafana's annotations take them; others stay, for whoever maps them to a part. Without a `time`
 * it is the first timestamp.
 *
 * @throws QueryError `no_time_column`, `time_column_type` where there are rows
 */
export function* annotationTable(result: Result): Steps<{
  readonly frames: readonly Frame[];
  readonly notices: readonly Notice[];
}> {
  const found = findParts(result.fields);
  const times = [...found].filter(([, { make }]) => make === undefined).map(([index]) => index);
  let timed = result;
  for (const index of times) {
    timed = yield* withTimestamps(timed, index);
  }
  if (rowCountOf(result) > 0) {
    checkTimes(timed.fields, found);
  }
  const frame: Frame = {
    meta,
    fields: timed.fields.map((field, index) => {
      const part = found.get(index);
      return part ? { name: part.name, type: part.make ? 'utf8' : field.type } : field;
    }),
    batches: yield* mapBatches(
      timed.batches,
      timed.fields.map((field, index) => {
        const make = found.get(index)?.make ?? ((_: Field, column: Column) => asItIs(column));
        return ({ columns }) => make(field, columns[index] as Column);
      }),
    ),
  };
  return { frames: [frame], notices: lossNotices(timed, ['time', 'notFinite', 'notJson']) };
}

/** Which column is which part. */
function findParts(fields: readonly Field[]): ReadonlyMap<number, Part> {
  const found = new Map<number, Part>();
  for (const part of parts) {
    const index = findColumn(fields, [part.name, ...(part.aliases ?? [])]);
    const first = part.name === 'time' && index === -1 ? fields.findIndex(isFreeTime) : index;
    if (first !== -1) {
      found.set(first, part);
    }
  }
  return found;
}

/** A timestamp that is no end. */
function isFreeTime(field: Field): boolean {
  return field.type === 'timestamp' && findColumn([field], ['timeEnd', 'endTime']) === -1;
}

function checkTimes(fields: readonly Field[], found: ReadonlyMap<number, Part>): void {
  if (![...found.values()].some(({ name }) => name === 'time')) {
    throw new QueryError('no_time_column', 'Cannot make annotations: the result has no column of times', {
      hint: 'Name one time: a timestamp, or a number of seconds, milliseconds, microseconds or nanoseconds',
    });
  }
  for (const [index, { make }] of found) {
    const { name, type } = fields[index] as Field;
    if (make === undefined && type !== 'timestamp') {
      throw new QueryError(
        'time_column_type',
        `Cannot make annotations: the column ${name} is ${type}, not a time or a number`,
        { hint: `Select CAST(${name} AS TIMESTAMP) AS ${name}` },
      );
    }
  }
}

/** Tags as one text, which Grafana splits at commas: of a list its items, of an object `key:value`. */
function* tagsColumn(field: Field, column: Column): Steps<Column> {
  const texts = yield* textColumn(field, column);
  return yield* writtenColumn(texts.length, (out, row) => {
    const text = textAt(texts, row);
    if (text !== null) {
      out.appendText(tagsOf(text, field.type === 'json').join(','));
    }
    return text !== null;
  });
}

function tagsOf(text: string, isJson: boolean): readonly string[] {
  const value: unknown = isJson ? JSON.parse(text) : text.split(',');
  const items: readonly unknown[] =
    typeof value !== 'object' || value === null
      ? [value]
      : Array.isArray(value)
        ? value
        : Object.entries(value).map(([key, member]) => `${key}:${textOf(member)}`);
  return items.filter((item) => item !== null).map((item) => textOf(item).trim());
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
