import { type Cell, valueAt } from '../frame/cells.ts';
import type { Column, Field } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import { QueryError } from './errors.ts';
import { millisecondsPerUnit, parseDuration } from './span-duration.ts';
import { eventsFrom, parseJsonText, referencesFrom, tagsFrom, textsFrom } from './span-json.ts';
import { textColumn } from './text-column.ts';
import { isNumeric } from './time-column.ts';
import { type SpanValue, spanTypes } from './trace-columns.ts';

/**
 * A column of a result as a field of spans.
 *
 * @throws QueryError `column_type`
 */
export function spanColumn(value: SpanValue, field: Field, column: Column): Column {
  if (value === 'text') {
    return textColumn(field, column);
  }
  const { make, expected } = makers[value];
  const cells = Array.from({ length: column.length }, (_, row) => {
    const cell = make(valueAt(column, row), field);
    if (cell === undefined) {
      throw wrongType(field, expected, valueAt(column, row));
    }
    return cell;
  });
  return columnFrom(spanTypes[value], cells);
}

/** Durations of spans that say when they end. */
export function durationColumn(starts: Column, ends: Column): Column {
  const cells = Array.from({ length: starts.length }, (_, row) => {
    const [start, end] = [valueAt(starts, row), valueAt(ends, row)];
    return typeof start === 'bigint' && typeof end === 'bigint' ? millisecondsOf(end - start) : null;
  });
  return columnFrom(spanTypes.duration, cells);
}

interface Maker {
  /** Undefined for what is no such value. */
  make(cell: Cell, field: Field): Cell | undefined;
  /** What a value should have been. */
  readonly expected: string;
}

const makers: Readonly<Record<Exclude<SpanValue, 'text'>, Maker>> = {
  time: {
    make: (cell) => (cell === null ? null : typeof cell === 'bigint' ? millisecondsOf(cell) : undefined),
    expected: 'a time, or a number of seconds, milliseconds, microseconds or nanoseconds',
  },
  duration: { make: durationFrom, expected: 'a number or an interval' },
  kind: { make: kindFrom, expected: 'a kind' },
  status: { make: statusFrom, expected: '0, 1, 2, unset, ok or error' },
  tags: list(tagsFrom),
  events: list(eventsFrom),
  references: list(referencesFrom),
  texts: list(textsFrom),
};

function list(from: (value: unknown, name: string) => readonly unknown[]): Maker {
  return {
    make: (cell, { name }) => JSON.stringify(cell === null ? [] : from(parseJsonText(String(cell)), name)),
    expected: 'JSON',
  };
}

/** The whole milliseconds apart, since a double has no digits left for nanoseconds since 1970. */
function millisecondsOf(timeNs: bigint): number {
  return Number(timeNs / 1_000_000n) + Number(timeNs % 1_000_000n) / 1e6;
}

function durationFrom(cell: Cell, { name, type }: Field): Cell | undefined {
  if (cell === null) {
    return null;
  }
  if (isNumeric(type)) {
    return Number(cell) * millisecondsPerUnit(name);
  }
  return typeof cell === 'string' ? parseDuration(cell) : undefined;
}

/** OpenTelemetry's numbers of kinds. */
const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** `SPAN_KIND_SERVER` and 2 are `server`. */
function kindFrom(cell: Cell): Cell {
  if (cell === null || cell === '') {
    return null;
  }
  const text = String(cell)
    .toLowerCase()
    .replace(/^span_kind_/, '');
  return kinds[Number(text)] ?? text;
}

const statuses = ['unset', 'ok', 'error'];

/** OpenTelemetry's numbers: `STATUS_CODE_ERROR` is 2. */
function statusFrom(cell: Cell): Cell | undefined {
  if (cell === null || cell === '') {
    return null;
  }
  const text = String(cell)
    .toLowerCase()
    .replace(/^status_code_/, '');
  const code = /^\d+$/.test(text) ? Number(text) : statuses.indexOf(text);
  return code === -1 ? undefined : BigInt(code);
}

function wrongType({ name, type }: Field, expected: string, cell: Cell): QueryError {
  return new QueryError(
    'column_type',
    `Cannot make spans: the column ${name} is ${type} and has ${String(cell)}, expected ${expected}`,
    { hint: 'Cast it, or give the column another name' },
  );
}
