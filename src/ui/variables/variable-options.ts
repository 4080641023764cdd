import { type DataFrame, type Field, FieldType, type QueryResultMetaNotice } from '@grafana/data';

/** More than a person can choose from, and about as many as a browser draws a list of without a pause. */
export const maxOptions = 10_000;

/**
 * Makes of rows the frame that Grafana takes a variable's options from: `text`, which the list shows, and `value`, which queries get.
 * The columns named so (`__text` and `__value` too) or else the first and the second; one column is both. Rows without a value and rows that
 * repeat one are left out. Further columns stay, as the option's properties.
 */
export function variableOptionsFrom(frame: DataFrame): DataFrame {
  const { text, value } = columnsOf(frame.fields);
  if (text === undefined || value === undefined) {
    return { ...frame, fields: [], length: 0 };
  }
  const { rows, more } = chosenRows(frame.length, value.values);
  const fields = [
    optionField('text', text, rows),
    optionField('value', value, rows),
    ...frame.fields.filter((field) => field !== text && field !== value).map((field) => rowsOf(field, rows)),
  ];
  const notices = [...(frame.meta?.notices ?? []), ...(more ? [tooMany] : [])];
  return { ...frame, fields, length: rows.length, ...(notices.length > 0 && { meta: { ...frame.meta, notices } }) };
}

/** Stands in the frame of options that were cut. */
export const tooMany: QueryResultMetaNotice = {
  severity: 'warning',
  text: `Only the first ${maxOptions.toLocaleString('en-US')} values are offered. Narrow the query, by $__searchFilter for example`,
};

const textNames = ['__text', 'text'];
const valueNames = ['__value', 'value'];

function columnsOf(fields: readonly Field[]): { text: Field | undefined; value: Field | undefined } {
  const named = (names: readonly string[]) => fields.find(({ name }) => names.includes(name.toLowerCase()));
  const [text, value] = [named(textNames), named(valueNames)];
  if (text || value) {
    return { text: text ?? value, value: value ?? text };
  }
  return { text: fields[0], value: fields[1] ?? fields[0] };
}

function chosenRows(length: number, values: readonly unknown[]): { rows: readonly number[]; more: boolean } {
  const seen = new Set<string>();
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    const value = values[row];
    const key = String(value);
    if (value !== null && value !== undefined && !seen.has(key)) {
      if (rows.length === maxOptions) {
        return { rows, more: true };
      }
      seen.add(key);
      rows.push(row);
    }
  }
  return { rows, more: false };
}

/** Grafana takes texts from fields of text alone. */
function optionField(name: 'text' | 'value', field: Field, rows: readonly number[]): Field {
  return { name, type: FieldType.string, config: {}, values: rows.map((row) => formatOption(field, row)) };
}

function formatOption({ type, values }: Field, row: number): string {
  const value: unknown = values[row];
  return type === FieldType.time && typeof value === 'number' ? new Date(value).toISOString() : String(value ?? '');
}

function rowsOf(field: Field, rows: readonly number[]): Field {
  return { ...field, values: rows.map((row) => field.values[row]) };
}
