import { describe, expect, test } from 'vitest';
import { type Cell, frameColumn } from '../frame/cells.ts';
import type { Field, FieldType, RecordBatch } from '../frame/column.ts';
import { columnFrom } from '../frame/column-from.ts';
import type { Frame } from '../frame/frame.ts';
import type { Fill, QueryFormat } from '../model/query.ts';
import { finish } from '../steps/steps.ts';
import { shapeFrames } from './format.ts';
import type { Result } from './result.ts';

/*
 * The same work done twice: on columns by the code, and here row by row, with maps of objects, as slowly and plainly as can be. Data are
 * random with a seed: nulls everywhere, few times so that they repeat, sorted or not, in batches of any size.
 */

interface Shape {
  readonly fields: readonly Field[];
  readonly rows: readonly Cell[][];
}

type Random = (below: number) => number;

/** mulberry32 */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const special: Partial<Record<FieldType, Cell[]>> = {
  timestamp: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 32n, -(2n ** 32n), 2n ** 31n],
  int64: [2n ** 63n - 1n, -(2n ** 63n), 0n],
  uint64: [2n ** 64n - 1n],
  float64: [Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324],
  int8: [-128, 127],
  utf8: ['', 'ä', '🙂', 'host-with-a-long-name-1', 'host-with-a-long-name-2', '__proto__'],
};

function randomCell(random: Random, type: FieldType): Cell {
  const chosen = special[type];
  if (random(10) === 0) {
    return null;
  }
  if (chosen && random(6) === 0) {
    return chosen[random(chosen.length)] as Cell;
  }
  switch (type) {
    case 'timestamp':
      return BigInt(random(12) - 2) * 500_000_000n;
    case 'int64':
    case 'uint64':
      return BigInt(random(1000));
    case 'bool':
      return random(2) === 0;
    case 'utf8':
      return `h${random(3)}`;
    case 'json':
      return `[${random(2)}]`;
    default:
      return random(100);
  }
}

function randomShape(random: Random): Shape {
  const types: FieldType[] = [
    'timestamp',
    ...pick<FieldType>(random, ['int64', 'float64', 'int8', 'uint16', 'float32', 'uint64'], 1 + random(3)),
    ...pick<FieldType>(random, ['utf8', 'bool', 'json', 'utf8'], random(4)),
  ];
  const fields = types
    .map((type, i) => ({ name: i === 0 ? 'time' : `${'zyxwvutsr'[i]}`, type, order: random(100) }))
    .sort((a, b) => a.order - b.order)
    .map(({ name, type }) => ({ name, type }));
  const rows = Array.from({ length: random(60) }, () => fields.map(({ type }) => randomCell(random, type)));
  const time = fields.findIndex(({ name }) => name === 'time');
  if (random(2) === 0) {
    rows.sort((a, b) => compare(a[time] ?? 0n, b[time] ?? 0n));
  }
  return { fields, rows };
}

function pick<T>(random: Random, from: readonly T[], count: number): T[] {
  return Array.from({ length: count }, () => from[random(from.length)] as T);
}

function compare(a: Cell, b: Cell): number {
  return (a as bigint) < (b as bigint) ? -1 : (a as bigint) > (b as bigint) ? 1 : 0;
}

function resultOf({ fields, rows }: Shape, random: Random): Result {
  const batches: RecordBatch[] = [];
  for (let start = 0; start < rows.length; ) {
    const part = rows.slice(start, start + 1 + random(20));
    batches.push({
      rowCount: part.length,
      columns: fields.map(({ type }, i) =>
        columnFrom(
          type,
          part.map((row) => row[i] as Cell),
        ),
      ),
    });
    start += part.length;
  }
  return { fields, batches };
}

/** A series as a person would draw it. */
interface Drawn {
  readonly name: string;
  readonly labels: Record<string, string> | undefined;
  readonly points: [bigint, Cell][];
}

const range = { fromMs: 1000, toMs: 4000 };
const stepMs = 1000;

function isLabel(type: FieldType): boolean {
  return type === 'utf8' || type === 'bool' || type === 'json';
}

/** The reference. Rows of a series that are missing at a time that other rows have are null, or filled. */
function draw({ fields, rows }: Shape, fill: Fill | undefined, format: QueryFormat): Drawn[] {
  const time = fields.findIndex(({ name }) => name === 'time');
  const labels = fields.map((field, index) => ({ ...field, index })).filter(({ type }) => isLabel(type));
  const values = fields
    .map((field, index) => ({ ...field, index }))
    .filter(({ type, index }) => index !== time && !isLabel(type));
  const series = new Map<string, { labels: string[]; rows: Map<bigint, Cell[]> }>();
  const dated = rows.filter((row) => row[time] !== null);
  for (const row of dated) {
    const texts = labels.map(({ index }) => String(row[index] ?? ''));
    const key = JSON.stringify(texts);
    const one = series.get(key) ?? { labels: texts, rows: new Map() };
    one.rows.set(row[time] as bigint, row);
    series.set(key, one);
  }
  const ordered = [...series.values()].sort((a, b) => compareTexts(a.labels, b.labels));
  const allTimes = dated.map((row) => row[time] as bigint);
  const orderedValues = labels.length === 0 ? values : [...values].sort((a, b) => (a.name < b.name ? -1 : 1));
  const drawn = (one: (typeof ordered)[number], value: (typeof values)[number]): Drawn => ({
    name: value.name,
    labels:
      labels.length === 0 ? undefined : Object.fromEntries(labels.map(({ name }, i) => [name, one.labels[i] ?? ''])),
    points: pointsOf(one.rows, value.index, format === 'multi' ? [...one.rows.keys()] : allTimes, fill, value.type),
  });
  return format === 'multi'
    ? ordered.flatMap((one) => values.map((value) => drawn(one, value)))
    : orderedValues.flatMap((value) => ordered.map((one) => drawn(one, value)));
}

function compareTexts(a: string[], b: string[]): number {
  const index = a.findIndex((text, i) => text !== b[i]);
  return index === -1 ? 0 : (a[index] as string) < (b[index] as string) ? -1 : 1;
}

function pointsOf(
  rows: ReadonlyMap<bigint, Cell[]>,
  value: number,
  known: readonly bigint[],
  fill: Fill | undefined,
  type: FieldType,
): [bigint, Cell][] {
  const times = new Set(known);
  for (let ms = range.fromMs; fill && ms <= range.toMs; ms += stepMs) {
    const [start, end] = [BigInt(ms) * 1_000_000n, BigInt(ms + stepMs) * 1_000_000n];
    if (!known.some((time) => time >= start && time < end)) {
      times.add(start);
    }
  }
  let previous: Cell = null;
  return [...times].sort(compare).map((time) => {
    const row = rows.get(time);
    const missing = fill?.mode === 'previous' ? previous : fill?.mode === 'value' ? filler(fill.value, type) : null;
    previous = row ? (row[value] as Cell) : missing;
    return [time, previous];
  });
}

function filler(value: number, type: FieldType): Cell {
  return type === 'int64' || type === 'uint64' ? BigInt(value) : value;
}

/** What the frames say, read the other way round. */
function drawnOf(frames: readonly Frame[]): Drawn[] {
  return frames.flatMap((frame) => {
    const time = frame.fields.findIndex(({ type }) => type === 'timestamp');
    const times = frameColumn(frame, time) as bigint[];
    return frame.fields.flatMap(({ name, labels }, i) =>
      i === time
        ? []
        : [
            {
              name,
              labels,
              points: frameColumn(frame, i).map((cell, row): [bigint, Cell] => [times[row] as bigint, cell]),
            },
          ],
    );
  });
}

const fills: [string, Fill | undefined][] = [
  ['no fill', undefined],
  ['null', { mode: 'null' }],
  ['previous', { mode: 'previous' }],
  ['a number', { mode: 'value', value: 7 }],
];

describe.each(['time_series', 'multi'] as const)('%s of random rows', (format) => {
  test.each(fills)('is what a walk over the rows gives, with %s', (_, fill) => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomFrom(seed);
      const shape = randomShape(random);
      const { frames, notices } = finish(
        shapeFrames(resultOf(shape, random), {
          refId: 'A',
          format,
          ...range,
          intervalMs: stepMs,
          ...(fill && { fill }),
        }),
      );
      const time = shape.fields.findIndex(({ name }) => name === 'time');
      const dropped = shape.rows.filter((row) => row[time] === null).length;
      const expected = dropped === shape.rows.length ? [] : draw(shape, fill, format);
      expect(
        drawnOf(frames).filter(({ points }) => points.length > 0),
        `seed ${seed}`,
      ).toEqual(expected);
      expect(
        notices.map(({ text }) => text),
        `seed ${seed}`,
      ).toEqual(
        dropped === 0
          ? []
          : [`${dropped === 1 ? '1 row whose time is empty is' : `${dropped} rows whose time is empty are`} left out`],
      );
      const columns = frames.flatMap(({ batches }) => batches.flatMap((batch) => batch.columns));
      expect(columns.every(({ nullCount, validity }) => (nullCount === 0) === (validity === null))).toBe(true);
    }
  });
});
