import { type Column, type Field, isValid, type RecordBatch, type VariableColumn } from '../frame/column.ts';
import { ByteWriter } from './byte-writer.ts';
import { plainName } from './column-names.ts';
import { textColumn } from './text-column.ts';

/** A column that becomes labels. */
export interface LabelSource extends Field {
  readonly index: number;
}

/** Columns of JSON objects with these names are labels already. */
const objectNames: ReadonlySet<string> = new Set(['labels', 'attributes']);

/** For each row a JSON object of text to text: the columns' names and values. What is null is left out. */
export function labelsColumn(batch: RecordBatch, sources: readonly LabelSource[]): VariableColumn {
  const texts = sources.filter((source) => !isObjects(source));
  const objects = sources.filter(isObjects);
  const writers = [
    ...(objects.length === 0 ? [] : [objectsWriter(batch, objects, new Set(texts.map(({ name }) => name)))]),
    ...texts.map((source) => textWriter(batch, source)),
  ];
  const { rowCount } = batch;
  const out = new ByteWriter();
  const offsets = new Int32Array(rowCount + 1);
  for (let row = 0; row < rowCount; row++) {
    out.push(braces.open);
    const start = out.length;
    for (const write of writers) {
      write(out, row, out.length === start);
    }
    out.push(braces.close);
    offsets[row + 1] = out.length;
  }
  return { layout: 'variable', length: rowCount, nullCount: 0, validity: null, offsets, bytes: out.done() };
}

function isObjects({ name, type }: Field): boolean {
  return type === 'json' && objectNames.has(plainName(name));
}

const braces = { open: 0x7b, close: 0x7d };
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;

/** Writes what a row has, if it has anything, behind a comma where others are before it. */
type Writer = (out: ByteWriter, row: number, isFirst: boolean) => void;

function textWriter({ columns }: RecordBatch, source: LabelSource): Writer {
  const column = textColumn(source, columns[source.index] as Column);
  const { bytes, offsets } = column;
  const key = Buffer.from(`${JSON.stringify(source.name)}:`);
  return (out, row, isFirst) => {
    if (!isValid(column, row)) {
      return;
    }
    const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
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

/** Many lines share their labels: equal texts are read once. A column of its own goes before a member, a later object before an earlier. */
function objectsWriter({ columns }: RecordBatch, sources: readonly LabelSource[], taken: ReadonlySet<string>): Writer {
  const texts = sources.map(({ index }) => columns[index] as VariableColumn);
  const known = new Map<string, Uint8Array>();
  return (out, row, isFirst) => {
    const values = texts.map((column) =>
      isValid(column, row)
        ? decode(column.bytes, column.offsets[row] as number, column.offsets[row + 1] as number)
        : 'null',
    );
    const key = values.join('\n');
    const members = known.get(key) ?? Buffer.from(membersOf(values, sources, taken));
    known.set(key, members);
    if (members.length > 0 && !isFirst) {
      out.push(comma);
    }
    out.append(members, 0, members.length);
  };
}

function membersOf(values: readonly string[], sources: readonly LabelSource[], taken: ReadonlySet<string>): string {
  const members = new Map(
    values.flatMap((text, i) => {
      const value: unknown = JSON.parse(text);
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return Object.entries(isObject ? value : { [sources[i]?.name ?? '']: value });
    }),
  );
  return Array.from(members)
    .filter(([key, member]) => member !== null && !taken.has(key))
    .map(([key, member]) => {
      return `${JSON.stringify(key)}:${JSON.stringify(typeof member === 'string' ? member : JSON.stringify(member))}`;
    })
    .join(',');
}

function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
}
