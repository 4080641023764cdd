import { isValid, type Loss, type VariableColumn } from '../../../frame/column.ts';
import type { Steps } from '../../../steps/steps.ts';
import { losesDigits } from './json-digits.ts';

/** Between two steps, in bytes and in rows: either takes about a millisecond. */
const maxStepBytes = 2 ** 16;
const maxStepRows = 1024;

/**
 * Makes every value JSON as RFC 8259 has it. DuckDB reads and writes NaN and Infinity, allows trailing commas, and believes what a Parquet
 * file calls JSON; a Grafana host embeds the text in its answer, and one bad value would break all of it. What is lost is counted.
 */
export function* strictJson(column: VariableColumn): Steps<VariableColumn> {
  const { length, offsets } = column;
  const source = Buffer.from(column.bytes.buffer, column.bytes.byteOffset, column.bytes.byteLength);
  const repaired = new Map<number, Buffer>();
  const losses: Partial<Record<Loss, number>> = {};
  const count = (loss: Loss) => {
    losses[loss] = (losses[loss] ?? 0) + 1;
  };
  let stepRow = 0;
  for (let row = 0; row < length; row++) {
    const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
    if (row - stepRow >= maxStepRows || start - (offsets[stepRow] as number) >= maxStepBytes) {
      yield;
      stepRow = row;
    }
    if (!isValid(column, row)) {
      continue;
    }
    const text = source.toString('utf8', start, end);
    if (!isJson(text)) {
      const { json, loss } = repairJson(text);
      repaired.set(row, Buffer.from(json));
      if (loss !== undefined) {
        count(loss);
      }
    } else if (losses.digits === undefined && losesDigits(text)) {
      // One is enough to tell the column: looking on would cost time.
      count('digits');
    }
  }
  const strict = repaired.size === 0 ? column : replace(column, source, repaired);
  return Object.keys(losses).length === 0 ? strict : { ...strict, losses };
}

export interface RepairedJson {
  readonly json: string;
  /** Undefined where it says the same as before. */
  readonly loss?: 'notFinite' | 'notJson';
}

/** NaN and the infinities become null, trailing commas go; what still is no JSON becomes a JSON string of the text. */
export function repairJson(text: string): RepairedJson {
  // By hand: a pattern for strings would overflow its stack on long ones.
  const parts: string[] = [];
  let hasNotNumbers = false;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const start = quote < 0 ? text.length : quote;
    const end = endOfString(text, start);
    const code = text.slice(at, start).replace(commasAtEnd, '');
    parts.push(code.replace(notNumbers, 'null'), text.slice(start, end));
    hasNotNumbers ||= code.search(notNumbers) >= 0;
    at = end;
  }
  const repaired = parts.join('');
  if (!isJson(repaired)) {
    return { json: JSON.stringify(text), loss: 'notJson' };
  }
  return hasNotNumbers ? { json: repaired, loss: 'notFinite' } : { json: repaired };
}

const notNumbers = /-?\b(?:NaN|Infinity|inf)\b/gi;
const commasAtEnd = /,(?=\s*[\]}])/g;

/** Behind the quote that closes the string at `start`; the text's length if none does. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) {
    at = text.indexOf('"', at + 1);
  }
  return at < 0 ? text.length : at + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote;
  while (text[first - 1] === '\\') {
    first--;
  }
  return (quote - first) % 2 === 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function replace(column: VariableColumn, source: Buffer, repaired: ReadonlyMap<number, Buffer>): VariableColumn {
  const values = Array.from(
    { length: column.length },
    (_, row) => repaired.get(row) ?? source.subarray(column.offsets[row], column.offsets[row + 1]),
  );
  const offsets = new Int32Array(column.length + 1);
  for (const [row, value] of values.entries()) {
    offsets[row + 1] = (offsets[row] as number) + value.byteLength;
  }
  return { ...column, offsets, bytes: Buffer.concat(values) };
}
