import { appendBits, makeBitmap } from '../frame/bitmap.ts';
import type { Field, FixedArray, FixedColumn, RecordBatch } from '../frame/column.ts';
import type { Steps } from '../steps/steps.ts';

/** What an engine gave, read to its end. */
export interface Result {
  readonly fields: readonly Field[];
  readonly batches: readonly RecordBatch[];
}

export function rowCountOf({ batches }: Result): number {
  return batches.reduce((sum, { rowCount }) => sum + rowCount, 0);
}

/** Each name once: a second `a` becomes `a_1`, or the next number that no column has. */
export function uniqueNames(fields: readonly Field[]): Field[] {
  const taken = new Set(fields.map(({ name }) => name));
  const seen = new Map<string, number>();
  return fields.map((field) => {
    let number = seen.get(field.name);
    if (number === undefined) {
      seen.set(field.name, 0);
      return field;
    }
    let name: string;
    do {
      number++;
      name = `${field.name}_${number}`;
    } while (taken.has(name));
    seen.set(field.name, number);
    taken.add(name);
    return { ...field, name };
  });
}

/** One column of all batches in one piece; the only batch's own column where there is one. */
export function* wholeColumn(batches: readonly RecordBatch[], index: number, rowCount: number): Steps<FixedColumn> {
  const columns = batches.map(({ columns }) => columns[index] as FixedColumn);
  const [first] = columns;
  if (columns.length === 1 || first === undefined) {
    return first ?? { layout: 'fixed', length: 0, nullCount: 0, validity: null, values: new Float64Array() };
  }
  const values = new (first.values.constructor as new (length: number) => FixedArray)(rowCount);
  const nullCount = columns.reduce((sum, column) => sum + column.nullCount, 0);
  const validity = nullCount === 0 ? null : makeBitmap(rowCount);
  let offset = 0;
  for (const column of columns) {
    // All batches have the column's one type.
    (values as Float64Array).set(column.values as Float64Array, offset);
    if (validity !== null) {
      appendBits(validity, offset, column.validity, column.length);
    }
    offset += column.length;
    yield;
  }
  return { layout: 'fixed', length: rowCount, nullCount, validity, values };
}
