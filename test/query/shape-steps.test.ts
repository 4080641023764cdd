import { expect, test } from 'vitest';
import { type Cell, frameColumn } from '../../src/frame/cells.ts';
import { columnFrom } from '../../src/frame/column-from.ts';
import type { Frame } from '../../src/frame/frame.ts';
import { shapeFrames } from '../../src/query/format.ts';
import type { Result } from '../../src/query/result.ts';
import { inTurns } from '../../src/steps/in-turns.ts';
import { Random } from '../random.ts';

type Row = readonly [time: bigint | null, host: string, value: number];
type Format = 'time_series' | 'multi';

const rowCount = 150_000;
const batchRows = 50_000;
const hosts = ['a', 'b', 'c'];
const options = { refId: 'A', fromMs: 0, toMs: 0, intervalMs: 1000 } as const;

/** Rows of some hosts at so many times, in order or in none; now and then without a time. */
function randomRows(times: number, isSorted: boolean): Row[] {
  const random = new Random(times);
  const rows = Array.from({ length: rowCount }, (_, value): Row => {
    const time = random.happens(0.01) ? null : BigInt(random.below(times)) * 1_000_000_007n;
    return [time, random.pick(hosts), value];
  });
  return isSorted ? rows.sort(([a], [b]) => Number((a ?? 0n) - (b ?? 0n))) : rows;
}

function resultOf(rows: readonly Row[]): Result {
  const starts = Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, i) => i * batchRows);
  return {
    fields: [
      { name: 'time', type: 'timestamp' },
      { name: 'host', type: 'utf8' },
      { name: 'value', type: 'float64' },
    ],
    batches: starts.map((start) => {
      const part = rows.slice(start, start + batchRows);
      const cells = (index: 0 | 1 | 2): Cell[] => part.map((row) => row[index]);
      return {
        rowCount: part.length,
        columns: [columnFrom('timestamp', cells(0)), columnFrom('utf8', cells(1)), columnFrom('float64', cells(2))],
      };
    }),
  };
}

/** By a walk over the rows: the points of each host, in order of time; of two at one time the later row's. */
function pointsOf(rows: readonly Row[]): ReadonlyMap<string, readonly [bigint, Cell][]> {
  return new Map(
    hosts.map((host) => {
      const own = rows.flatMap(([time, of, value]): [bigint, Cell][] =>
        of === host && time !== null ? [[time, value]] : [],
      );
      return [host, [...new Map(own)].sort(([a], [b]) => (a < b ? -1 : 1))];
    }),
  );
}

/** The points that frames draw: what is null draws none. */
function drawn(frames: readonly Frame[]): ReadonlyMap<string, readonly [bigint, Cell][]> {
  return new Map(
    frames.flatMap((frame) => {
      const times = frameColumn(frame, 0) as bigint[];
      return frame.fields
        .slice(1)
        .map(({ labels }, i): [string, [bigint, Cell][]] => [
          labels?.host ?? '',
          frameColumn(frame, i + 1).flatMap((cell, row): [bigint, Cell][] =>
            cell === null ? [] : [[times[row] as bigint, cell]],
          ),
        ]);
    }),
  );
}

/** Shapes with a turn of the event loop between any two steps, and counts what else had one. */
async function shapeInTurns(result: Result, format: Format): Promise<{ frames: readonly Frame[]; turns: number }> {
  let turns = 0;
  let isDone = false;
  const watch = () => {
    turns++;
    if (!isDone) {
      setImmediate(watch);
    }
  };
  setImmediate(watch);
  let now = 0;
  const { frames } = await inTurns(
    shapeFrames(result, { ...options, format }),
    () => {},
    () => now++ * 1000,
  );
  isDone = true;
  return { frames, turns };
}

/*
 * Loops over rows: to tell series apart, count their rows, sort them out, place them and copy their values; multi looks at each series'
 * times in two. Unsorted times take one more to number the rows; sorting goes through bytes, one after another.
 */
test.each([
  ['time_series', 'sorted', 5000, true, 5],
  ['time_series', 'unsorted', 5000, false, 5 + 1],
  ['time_series', 'nearly all of their own and unsorted', 10_000_000, false, 5 + 1 + 8],
  ['multi', 'sorted', 5000, true, 6],
  ['multi', 'unsorted', 5000, false, 6 + 1 + 4],
  ['multi', 'nearly all of their own and unsorted', 10_000_000, false, 6 + 1 + 8 + 4],
] as const)(
  '%s of many rows, times %s: every point is there, and all else has its turn',
  async (format, _, times, isSorted, loops) => {
    const rows = randomRows(times, isSorted);
    const { frames, turns } = await shapeInTurns(resultOf(rows), format);
    expect(drawn(frames)).toEqual(pointsOf(rows));
    // Ten turns for each; what reads batches (times, texts, values) has one for each of them.
    expect(turns).toBeGreaterThanOrEqual(loops * 10 + 3 * 3);
  },
);
