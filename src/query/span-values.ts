import { makeBitmap, setBit } from '../frame/bitmap.ts';
import { type Cell, valueAt } from '../frame/cells.ts';
import { arrayOf, type Column, type Field, type FixedColumn, isValid, type VariableColumn } from '../frame/column.ts';
import { rowsPerStep, type Steps } from '../steps/steps.ts';
import type { ByteWriter } from './byte-writer.ts';
import { QueryError } from './errors.ts';
import { isNullMember, lastOfEach, type Member, membersAt } from './json-members.ts';
import { millisecondsPerUnit, parseDuration } from './span-duration.ts';
import { eventsFrom, parseJsonText, referencesFrom, tagsFrom, textsFrom } from './span-json.ts';
import { textColumn } from './text-column.ts';
import { isNumeric } from './time-column.ts';
import { type SpanValue, spanTypes } from './trace-columns.ts';
import { writtenColumn } from './written-column.ts';

/**
 * A column of a result as a field of spans.
 *
 * @throws QueryError `column_type`
 */
export function* spanColumn(value: SpanValue, field: Field, column: Column): Steps<Column> {
  if (value === 'text') {
    return yield* textColumn(field, column);
  }
  const { make, expected } = makers[value];
  const cellAt = (row: number): Cell => {
    const cell = make(valueAt(column, row), field);
    if (cell === undefined) {
      throw wrongType(field, expected, valueAt(column, row));
    }
    return cell;
  };
  const type = spanTypes[value];
  if (type === 'float64' || type === 'int64') {
    return yield* numbersColumn(type, column.length, cellAt);
  }
  return yield* writtenColumn(column.length, (out, row) => {
    if (value === 'tags' && field.type === 'json' && isValid(column, row)) {
      const members = membersAt(column as VariableColumn, row);
      if (members !== undefined) {
        writeTags(out, members);
        return true;
      }
    }
    const cell = cellAt(row);
    if (cell !== null) {
      out.appendText(String(cell));
    }
    return cell !== null;
  });
}

/** As `tagsFrom` makes them, of an object as it lies: most spans have other tags than the one before. */
function writeTags(out: ByteWriter, members: readonly Member[]): void {
  let before = '[{"key":';
  for (const member of lastOfEach(members)) {
    if (!isNullMember(member)) {
      out.appendAscii(before);
      out.append(member.key, member.keyStart, member.keyEnd);
      out.appendAscii(',"value":');
      out.append(member.bytes, member.valueStart, member.valueEnd);
      before = '},{"key":';
    }
  }
  out.appendAscii(before.startsWith('}') ? '}]' : '[]');
}

/** Durations of spans that say when they end. */
export function durationColumn(starts: Column, ends: Column): Steps<Column> {
  return numbersColumn(spanTypes.duration, starts.length, (row) => {
    const [start, end] = [valueAt(starts, row), valueAt(ends, row)];
    return typeof start === 'bigint' && typeof end === 'bigint' ? millisecondsOf(end - start) : null;
  });
}

function* numbersColumn(type: 'float64' | 'int64', length: number, cellAt: (row: number) => Cell): Steps<FixedColumn> {
  const values = new arrayOf[type](length);
  const validity = makeBitmap(length);
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (row % rowsPerStep === 0) {
      yield;
    }
    const cell = cellAt(row);
    if (cell === null) {
      nullCount++;
    } else {
      // Numbers or bigints, as the type takes them.
      (values as { [row: number]: Cell })[row] = cell;
      setBit(validity, row);
    }
  }
  return { layout: 'fixed', length, nullCount, validity: nullCount === 0 ? null : validity, values };
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
