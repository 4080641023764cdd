import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeFrame } from '../../src/frame/arrow/encode.ts';
import type { Cell } from '../../src/frame/cells.ts';
import { arrayOf, type FieldType } from '../../src/frame/column.ts';
import { columnFrom } from '../../src/frame/column-from.ts';
import type { Frame, FrameField } from '../../src/frame/frame.ts';
import { sliceBatch } from '../../src/frame/slice.ts';
import { columnOf, type Description } from './description.ts';

// What Go reads is compared with the cells as they are written below, never with what our own decoder reads.
const int = (bits: number): Cell[] => [-(2 ** (bits - 1)), -1, 0, 1, 2 ** (bits - 1) - 1];
const uint = (bits: number): Cell[] => [0, 1, 2, 3, 2 ** bits - 1];
const cellsOf: Readonly<Record<FieldType, readonly Cell[]>> = {
  int8: int(8),
  int16: int(16),
  int32: int(32),
  int64: [-(2n ** 63n), -1n, 0n, 2n ** 53n + 1n, 2n ** 63n - 1n],
  uint8: uint(8),
  uint16: uint(16),
  uint32: uint(32),
  uint64: [0n, 1n, 2n, 2n ** 53n + 1n, 2n ** 64n - 1n],
  float32: [-(2 ** -149), 1.5, Number.POSITIVE_INFINITY, Number.NaN, (2 - 2 ** -23) * 2 ** 127],
  float64: [Number.MIN_VALUE, 0.1, Number.NEGATIVE_INFINITY, Number.NaN, Number.MAX_VALUE],
  bool: [true, false, false, true, true],
  timestamp: [-(2n ** 63n), -1n, 0n, 1_767_323_045_678_901_234n, 2n ** 63n - 1n],
  utf8: ['', 'plain', '\ufeffmark', 'žluťoučký kůň 🐎', 'a\0b\nc'],
  enum: uint(16),
  json: ['{}', '[1,2.5,null]', '"🐎"', 'null', '{"a":{"b":true}}'],
};
const types = Object.keys(cellsOf) as FieldType[];
const fields: readonly FrameField[] = types.map((type) => ({ name: type, type }));

/** Frames of every type, by the way their cells are cut into batches. */
const cut: Readonly<Record<string, readonly (readonly Cell[])[][]>> = {
  'one batch': [types.map((type) => cellsOf[type])],
  'batches of which one is empty': [
    types.map((type) => cellsOf[type].slice(0, 2)),
    types.map(() => []),
    types.map((type) => cellsOf[type].slice(2)),
  ],
  'nulls in the last batch alone': [
    types.map((type) => cellsOf[type]),
    types.map((type) => [null, ...cellsOf[type], null, null, ...cellsOf[type]]),
  ],
  'nothing but nulls': [types.map(() => [null, null, null])],
  'no batch': [],
};

const described: Frame = {
  name: 'řada 🐎',
  refId: 'A',
  meta: {
    type: 'timeseries-wide',
    typeVersion: [0, 1],
    notices: [{ severity: 'warning', text: 'Only 3 rows are shown', link: '/there' }],
    executedQueryString: "SELECT '🐎' -- <&>",
    preferredVisualisationType: 'graph',
    custom: { code: 'limit', position: 3 },
  },
  fields: [
    { name: 'time', type: 'timestamp', config: { interval: 60_000 } },
    {
      name: 'value',
      type: 'float64',
      labels: { zone: 'b', host: 'quoted " \\ 🐎' },
      config: { displayName: 'name', displayNameFromDS: 'from ds', description: 'what', unit: 'ms' },
    },
    { name: 'value', type: 'float64', labels: {}, config: {} },
    { name: 'state', type: 'enum', texts: ['low', '', 'höher'], config: { unit: 'ms' } },
  ],
  batches: [],
};

const sliced: Frame = {
  fields: [
    { name: 'text', type: 'utf8' },
    { name: 'flag', type: 'bool' },
  ],
  batches: [
    sliceBatch(
      {
        rowCount: 20,
        columns: [
          columnFrom('utf8', ['a', null, '🐎', ...Array<string>(17).fill('long')]),
          columnFrom('bool', [true, null, ...Array<null>(18).fill(null)]),
        ],
      },
      3,
    ),
  ],
};

const frames: readonly Frame[] = [...Object.values(cut).map(frameOf), described, sliced, { fields: [], batches: [] }];

function frameOf(batches: readonly (readonly Cell[])[][]): Frame {
  return {
    fields,
    batches: batches.map((columns) => ({
      rowCount: columns[0]?.length ?? 0,
      columns: types.map((type, index) => columnFrom(type, columns[index] ?? [])),
    })),
  };
}

describe('Grafana’s SDK reads what encodeFrame() writes', () => {
  let folder: string;
  let descriptions: readonly Description[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quiver-frames-'));
    const paths = frames.map((frame, index) => {
      const path = join(folder, `${index}.arrow`);
      writeFileSync(path, Buffer.concat(encodeFrame(frame)));
      return path;
    });
    const cwd = fileURLToPath(new URL('../golden/frame/make', import.meta.url));
    descriptions = JSON.parse(execFileSync('go', ['run', '.', 'describe', ...paths], { cwd, encoding: 'utf8' }));
    // With a cold cache Go first fetches and builds the SDK.
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(Object.keys(cut))('every type, %s', (name) => {
    const batches = cut[name] ?? [];
    const description = descriptions[Object.keys(cut).indexOf(name)];
    const expected = types.map((type, index) => {
      const cells = batches.flatMap((columns) => columns[index] ?? []);
      return { name: type, type, nullable: cells.includes(null), cells };
    });

    expect(
      description?.fields.map((field) => ({ name: field.name, nullable: field.nullable, ...columnOf(field) })),
    ).toEqual(expected);
  });

  test('name, refId, meta, labels and config', () => {
    const { fields = [], ...rest } = descriptions[Object.keys(cut).length] ?? {};

    expect(rest).toEqual({ name: described.name, refId: described.refId, meta: described.meta });
    expect(fields.map(({ name, labels, config }) => ({ name, labels, config }))).toEqual([
      { name: 'time', labels: {}, config: described.fields[0]?.config },
      { name: 'value', labels: described.fields[1]?.labels, config: described.fields[1]?.config },
      { name: 'value', labels: {}, config: null },
      // Where @grafana/data looks for them (field/displayProcessor).
      { name: 'state', labels: {}, config: { unit: 'ms', type: { enum: { text: ['low', '', 'höher'] } } } },
    ]);
  });

  test('a batch that was cut short', () => {
    const columns = descriptions[Object.keys(cut).length + 1]?.fields.map((field) => columnOf(field).cells);

    expect(columns).toEqual([
      ['a', null, '🐎'],
      [true, null, null],
    ]);
  });

  test('a frame of nothing', () => {
    expect(descriptions.at(-1)).toEqual({ name: '', refId: '', meta: null, fields: [] });
  });
});

test('every fixed-width type is among the types of these frames', () => {
  expect(types).toEqual(expect.arrayContaining(Object.keys(arrayOf)));
});
