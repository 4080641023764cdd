import { isSet } from '../frame/bitmap.ts';
import {
  type BitColumn,
  type Column,
  type Field,
  type FixedArray,
  type FixedColumn,
  isValid,
  type VariableColumn,
} from '../frame/column.ts';
import type { Steps } from '../steps/steps.ts';
import { halvesOf } from './halves.ts';
import { type RowWriter, writtenColumn } from './written-column.ts';

/** A column's values as text: text and JSON are what they were, and cost nothing; times are ISO 8601 in UTC. */
export function* textColumn(field: Field, column: Column): Steps<VariableColumn> {
  return column.layout === 'variable' ? column : yield* writtenColumn(column.length, textWriter(field, column));
}

/** A row's text; null where it has none. */
export function textAt(column: VariableColumn, row: number): string | null {
  const { bytes, offsets } = column;
  const start = offsets[row] as number;
  return isValid(column, row)
    ? Buffer.from(bytes.buffer, bytes.byteOffset + start, (offsets[row + 1] as number) - start).toString()
    : null;
}

function textWriter({ type, texts = [] }: Field, column: FixedColumn | BitColumn): RowWriter {
  if (column.layout === 'bits') {
    return asciiWriter(column, (row) => String(isSet(column.bits, row)));
  }
  return type === 'enum' ? enumWriter(column, texts) : asciiWriter(column, fixedFormatter(type, column));
}

function asciiWriter(column: Column, format: (row: number) => string): RowWriter {
  return (out, row) => {
    const isThere = isValid(column, row);
    if (isThere) {
      out.appendAscii(format(row));
    }
    return isThere;
  };
}

function enumWriter(column: FixedColumn, texts: readonly string[]): RowWriter {
  const encoded = texts.map((text) => Buffer.from(text));
  return (out, row) => {
    const text = isValid(column, row) ? encoded[column.values[row] as number] : undefined;
    if (text === undefined) {
      return false;
    }
    out.append(text, 0, text.length);
    return true;
  };
}

function fixedFormatter(type: Field['type'], { values }: FixedColumn): (row: number) => string {
  switch (type) {
    case 'timestamp':
      return timeFormatter(values as BigInt64Array);
    case 'int64':
    case 'uint64':
      return integerFormatter(values);
    default:
      return (row) => String(values[row]);
  }
}

/** Most numbers are none that takes a BigInt. */
function integerFormatter(values: FixedArray): (row: number) => string {
  const halves = halvesOf(values);
  return (row) => {
    const high = halves[2 * row + 1] as number;
    return high >= 0 && high < 2 ** 21
      ? String(high * 2 ** 32 + ((halves[2 * row] as number) >>> 0))
      : String(values[row]);
  };
}

const nsPerDay = 86_400_000_000_000n;

/** Rows near each other are mostly of one day. */
function timeFormatter(values: BigInt64Array): (row: number) => string {
  let [dayStart, date] = [0n, '1970-01-01T'];
  return (row) => {
    const timeNs = values[row] as bigint;
    let ofDay = timeNs - dayStart;
    if (ofDay < 0n || ofDay >= nsPerDay) {
      ofDay = ((timeNs % nsPerDay) + nsPerDay) % nsPerDay;
      dayStart = timeNs - ofDay;
      date = formatTimeNs(dayStart).slice(0, -'00:00:00.000Z'.length);
    }
    return date + formatClock(Number(ofDay));
  };
}

/** `2026-01-02T03:04:05.678Z`, with as many further digits as there are. */
export function formatTimeNs(timeNs: bigint): string {
  const ofDay = ((timeNs % nsPerDay) + nsPerDay) % nsPerDay;
  const date = new Date(Number((timeNs - ofDay) / 1_000_000n)).toISOString();
  return date.slice(0, -'00:00:00.000Z'.length) + formatClock(Number(ofDay));
}

function formatClock(ofDayNs: number): string {
  const seconds = Math.floor(ofDayNs / 1e9);
  const ns = ofDayNs - seconds * 1e9;
  const digits = ns % 1e6 === 0 ? pad(ns / 1e6, 3) : pad(ns, 9).replace(/0+$/, '');
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${digits}Z`;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
