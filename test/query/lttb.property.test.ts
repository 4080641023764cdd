import { expect, test } from 'vitest';
import { lttb } from '../../src/query/lttb.ts';
import { Random } from '../random.ts';

test.each(Array.from({ length: 200 }, (_, seed) => seed))(
  'lttb() chooses what the textbook does: so many points, in order, with both ends (seed %d)',
  (seed) => {
    const random = new Random(seed);
    const length = 1 + random.below(400);
    const count = 2 + random.below(100);
    let at = 0;
    const points = Array.from({ length }, () => {
      at += random.next() * 10;
      return { x: at, y: random.next() * 1000 - 500 };
    });
    const chosen = lttb(
      Float64Array.from(points, ({ x }) => x),
      Float64Array.from(points, ({ y }) => y),
      count,
    );
    expect(chosen).toHaveLength(Math.min(length, count));
    expect([...chosen]).toEqual([...new Set(chosen)].sort((a, b) => a - b));
    expect([chosen[0], chosen.at(-1)]).toEqual([0, length - 1]);
    expect(Array.from(chosen, (i) => points[i])).toEqual(textbook(points, count));
  },
);

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Steinarsson's words, one after the other: buckets as lists of points, triangles by their corners. */
function textbook(points: readonly Point[], count: number): Point[] {
  if (points.length <= count) {
    return [...points];
  }
  const [first, ...rest] = points as [Point, ...Point[]];
  const last = rest.pop() as Point;
  const size = rest.length / (count - 2);
  const buckets: Point[][] = Array.from({ length: count - 2 }, () => []);
  for (const [i, point] of rest.entries()) {
    // The bucket that begins at or before i, where bucket b begins at the whole part of b × size.
    buckets.findLast((_, b) => Math.floor((b * rest.length) / (count - 2)) <= i)?.push(point);
  }
  expect(buckets.every(({ length }) => Math.abs(length - size) < 1)).toBe(true);
  const chosen = [first];
  for (const [b, bucket] of buckets.entries()) {
    const next = buckets[b + 1] ?? [last];
    const center = { x: mean(next.map(({ x }) => x)), y: mean(next.map(({ y }) => y)) };
    const areas = bucket.map((point) => triangle(chosen.at(-1) as Point, point, center));
    chosen.push(bucket[areas.indexOf(Math.max(...areas))] as Point);
  }
  return [...chosen, last];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function triangle(a: Point, b: Point, c: Point): number {
  return Math.abs(a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y)) / 2;
}
