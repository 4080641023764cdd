import { type Column, type Field, isValid, type RecordBatch, type VariableColumn } from '../frame/column.ts';
import type { Steps } from '../steps/steps.ts';
import type { ByteWriter } from './byte-writer.ts';
import { plainName } from './column-names.ts';
import { hasKey, isNullMember, isStringMember, lastOfEach, type Member, membersAt } from './json-members.ts';
import { textColumn } from './text-column.ts';
import { writtenColumn } from './written-column.ts';

/** A column that becomes labels. */
export interface LabelSource extends Field {
  readonly index: number;
}

/** Columns of JSON objects with these names are labels already. */
const objectNames: ReadonlySet<string> = new Set(['labels', 'attributes']);

/** Whether each value is an object of labels, and not a label. */
export function holdsLabels({ name, type }: Field): boolean {
  return type === 'json' && objectNames.has(plainName(name));
}

/**
 * For each row a JSON object of text to text: the columns' names and values. What is null is left out. Nothing is decoded: keys are encoded
 * once, values copied, and what lies in an object already has its escapes.
 */
export function* labelsColumn(batch: RecordBatch, sources: readonly LabelSource[]): Steps<VariableColumn> {
  const labels: Label[] = [];
  for (const source of sources) {
    const column = yield* textColumn(source, batch.columns[source.index] as Column);
    labels.push({ column, key: Buffer.from(JSON.stringify(source.name)), isObject: holdsLabels(source) });
  }
  const objects = labels.filter(({ isObject }) => isObject);
  const texts = labels.filter(({ isObject }) => !isObject);
  return yield* writtenColumn(batch.rowCount, (out, row) => {
    out.push(braces.open);
    if (objects.length > 0) {
      writeMembers(out, row, objects, texts);
    }
    for (const { key, column } of texts) {
      if (isValid(column, row)) {
        writeKey(out, key, 0, key.length);
        out.appendJsonString(column.bytes, column.offsets[row] as number, column.offsets[row + 1] as number);
      }
    }
    out.push(braces.close);
    return true;
  });
}

interface Label {
  readonly column: VariableColumn;
  /** As JSON writes it, in quotes. */
  readonly key: Uint8Array;
  readonly isObject: boolean;
}

const braces = { open: 0x7b, close: 0x7d };
const comma = 0x2c;
const colon = 0x3a;

/** A column of its own goes before a member of an object, and a later object before an earlier. */
function writeMembers(out: ByteWriter, row: number, objects: readonly Label[], texts: readonly Label[]): void {
  const members = objects.flatMap((object) => membersOf(object, row));
  for (const member of lastOfEach(members)) {
    if (!isNullMember(member) && !texts.some(({ key }) => hasKey(member, key))) {
      const { key, bytes, valueStart, valueEnd } = member;
      writeKey(out, key, member.keyStart, member.keyEnd);
      if (isStringMember(member)) {
        out.append(bytes, valueStart, valueEnd);
      } else {
        out.appendJsonString(bytes, valueStart, valueEnd);
      }
    }
  }
}

/** What is no object is one label. */
function membersOf({ column, key }: Label, row: number): readonly Member[] {
  if (!isValid(column, row)) {
    return [];
  }
  const { bytes, offsets } = column;
  const [valueStart, valueEnd] = [offsets[row] as number, offsets[row + 1] as number];
  return membersAt(column, row) ?? [{ key, keyStart: 0, keyEnd: key.length, bytes, valueStart, valueEnd }];
}

function writeKey(out: ByteWriter, key: Uint8Array, start: number, end: number): void {
  if (out.last !== braces.open) {
    out.push(comma);
  }
  out.append(key, start, end);
  out.push(colon);
}
