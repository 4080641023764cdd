import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { expect, test } from 'vitest';
import { maxOptions, variableOptionsFrom } from './variable-options.ts';

function frameOf(
  columns: Readonly<Record<string, readonly unknown[]>>,
  types: Readonly<Record<string, FieldType>> = {},
) {
  return toDataFrame({
    fields: Object.entries(columns).map(([name, values]) => ({
      name,
      type: types[name] ?? FieldType.string,
      values: [...values],
    })),
  });
}

function columnsOf({ fields }: DataFrame): Record<string, unknown[]> {
  return Object.fromEntries(fields.map(({ name, values }) => [name, values]));
}

test.each([
  ['one column is text and value', { host: ['a', 'b'] }, { text: ['a', 'b'], value: ['a', 'b'] }],
  ['two columns are text and value', { name: ['A', 'B'], id: ['1', '2'] }, { text: ['A', 'B'], value: ['1', '2'] }],
  ['names count more than places', { __value: ['1'], __text: ['A'] }, { text: ['A'], value: ['1'] }],
  [
    'names without underscores count, in any letter case',
    { Value: ['1'], x: ['y'], TEXT: ['A'] },
    { text: ['A'], value: ['1'], x: ['y'] },
  ],
  ['a value alone is its own text', { x: ['y'], value: ['1'] }, { text: ['1'], value: ['1'], x: ['y'] }],
  ['further columns stay', { a: ['A'], b: ['B'], c: ['C'] }, { text: ['A'], value: ['B'], c: ['C'] }],
  [
    'null is no option',
    { a: [null, 'b'], c: ['x', 'y'], v: ['1', '2'] },
    { text: ['', 'b'], value: ['x', 'y'], v: ['1', '2'] },
  ],
  ['a row without a value is none', { a: ['A', 'B'], b: [null, '2'] }, { text: ['B'], value: ['2'] }],
  ['a value is there once', { a: ['A', 'B', 'C'], b: ['1', '1', '2'] }, { text: ['A', 'C'], value: ['1', '2'] }],
  ['an empty text is an option', { a: [''] }, { text: [''], value: [''] }],
])('variableOptionsFrom(): %s', (_, columns, expected) => {
  expect(columnsOf(variableOptionsFrom(frameOf(columns)))).toEqual(expected);
});

test('numbers, booleans and times are text that SQL reads', () => {
  const frame = frameOf(
    { n: [1.5], b: [true], t: [0] },
    { n: FieldType.number, b: FieldType.boolean, t: FieldType.time },
  );
  const { fields } = frame;
  const single = (index: number) => variableOptionsFrom({ ...frame, fields: fields.slice(index, index + 1) });
  expect([0, 1, 2].map((index) => columnsOf(single(index)).value)).toEqual([
    ['1.5'],
    ['true'],
    ['1970-01-01T00:00:00.000Z'],
  ]);
  expect(single(0).fields[0]?.type).toBe(FieldType.string);
});

test('no column is no option', () => {
  expect(variableOptionsFrom(frameOf({})).fields).toEqual([]);
});

test('more options than anybody can choose from are cut, and a notice says so', () => {
  const values = Array.from({ length: maxOptions + 1 }, (_, index) => `v${index}`);
  const cut = variableOptionsFrom(frameOf({ a: values }));
  expect(cut.length).toBe(maxOptions);
  expect(cut.meta?.notices?.map(({ text }) => text)).toEqual([expect.stringContaining('first 10,000 values')]);
  const whole = variableOptionsFrom(frameOf({ a: values.slice(1).concat('v1') }));
  expect(whole.length).toBe(maxOptions);
  expect(whole.meta?.notices).toBeUndefined();
});
