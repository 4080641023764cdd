import { copyBytes } from '../frame/bytes.ts';
import { type Field, isValid, type RecordBatch, type VariableColumn } from '../frame/column.ts';
import { plainName } from './column-names.ts';
import { textColumn } from './text-column.ts';

/** A column that becomes labels. */
export interface LabelSource extends Field {
  readonly index: number;
}

/** Columns of JSON objects with these names are labels already. */
const objectNames: ReadonlySet<string> = new Set(['labels', 'attributes']);

/** For each row a JSON object of text to text: the columns' names and values. What is null is left out. */
export function labelsColumn({ columns, rowCount }: RecordBatch, sources: readonly LabelSource[]): VariableColumn {
  const names = new Set(sources.filter((source) => !isObjects(source)).map(({ name }) => name));
  const parts = sources.map((source) => {
    const column = textColumn(source, columns[source.index] as RecordBatch['columns'][number]);
    return { column, write: isObjects(source) ? objectWriter(source.name, names) : textWriter(source.name) };
  });
  const out = new Bytes();
  const offsets = new Int32Array(rowCount + 1);
  for (let row = 0; row < rowCount; row++) {
    out.push(brace.open);
    let isFirst = true;
    for (const { column, write } of parts) {
      if (isValid(column, row)) {
        const written = write(
          out,
          column.bytes,
          column.offsets[row] as number,
          column.offsets[row + 1] as number,
          isFirst,
        );
        isFirst &&= !written;
      }
    }
    out.push(brace.close);
    offsets[row + 1] = out.length;
  }
  return { layout: 'variable', length: rowCount, nullCount: 0, validity: null, offsets, bytes: out.done() };
}

function isObjects({ name, type }: Field): boolean {
  return type === 'json' && objectNames.has(plainName(name));
}

const brace = { open: 0x7b, close: 0x7d };
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;

/** Writes one value, behind a comma where others are before it. False if there was nothing to write. */
type Writer = (out: Bytes, bytes: Uint8Array, start: number, end: number, isFirst: boolean) => boolean;

function textWriter(name: string): Writer {
  const key = Buffer.from(`${JSON.stringify(name)}:`);
  return (out, bytes, start, end, isFirst) => {
    if (!isFirst) {
      out.push(comma);
    }
    out.append(key, 0, key.length);
    if (needsEscape(bytes, start, end)) {
      const text = Buffer.from(JSON.stringify(decode(bytes, start, end)));
      out.append(text, 0, text.length);
    } else {
      out.push(quote);
      out.append(bytes, start, end);
      out.push(quote);
    }
    return true;
  };
}

function needsEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte === quote || byte === backslash) {
      return true;
    }
  }
  return false;
}

/** Many lines share their labels: each text is read once. A column's own name goes before one in an object. */
function objectWriter(name: string, names: ReadonlySet<string>): Writer {
  const known = new Map<string, Uint8Array>();
  return (out, bytes, start, end, isFirst) => {
    const text = decode(bytes, start, end);
    let members = known.get(text);
    if (members === undefined) {
      members = Buffer.from(membersOf(text, name, names));
      known.set(text, members);
    }
    if (members.length === 0) {
      return false;
    }
    if (!isFirst) {
      out.push(comma);
    }
    out.append(members, 0, members.length);
    return true;
  };
}

function membersOf(text: string, name: string, names: ReadonlySet<string>): string {
  const value: unknown = JSON.parse(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.entries(isObject ? value : { [name]: value })
    .filter(([key, member]) => member !== null && !names.has(key))
    .map(([key, member]) => {
      return `${JSON.stringify(key)}:${JSON.stringify(typeof member === 'string' ? member : JSON.stringify(member))}`;
    })
    .join(',');
}

function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
}

/** Bytes one behind the other, in memory that grows. */
class Bytes {
  #bytes = new Uint8Array(1024);
  length = 0;

  push(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  append(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    copyBytes(source, start, this.#bytes, this.length, end - start);
    this.length += end - start;
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
      grown.set(this.#bytes.subarray(0, this.length));
      this.#bytes = grown;
    }
  }
}
