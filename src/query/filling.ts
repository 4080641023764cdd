import type { Fill } from '../model/query.ts';
import type { Steps } from '../steps/steps.ts';
import { counted } from './counted.ts';
import { QueryError } from './errors.ts';
import { gridOf } from './grid.ts';
import type { Step } from './interval.ts';

/** How gaps are to be filled, if at all, and how large a result may become. */
export interface Filling {
  readonly fill?: Fill;
  readonly step: Step;
  /** The range that is filled, in milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Values and times together, in all frames of the result. */
  readonly maxCells: number;
  /** Times that a fill may make. */
  readonly maxRows: number;
}

/** A browser draws some thousands of series at best, and each costs metadata of its own. */
const maxSeries = 10_000;

/**
 * The bounds of the buckets that a fill asks for; none without a fill.
 *
 * @throws QueryError `too_many_cells` when so many times would exceed a limit in a result of so many columns
 */
export function* gridFor(
  { fill, step, fromMs, toMs, maxCells, maxRows }: Filling,
  columnCount: number,
): Steps<BigInt64Array> {
  if (fill === undefined) {
    return new BigInt64Array();
  }
  const maxTimes = Math.min(maxRows, Math.floor(maxCells / columnCount));
  const grid = yield* gridOf(step, fromMs, toMs, maxTimes);
  if (grid === undefined) {
    const { unit, count } = step.interval;
    throw new QueryError(
      'too_many_cells',
      `Cannot fill gaps: a point every ${counted(count, unit)} over the time range makes more than ${maxTimes} times of ${counted(columnCount, 'column')}`,
      { hint: 'Use a longer interval or a shorter time range, or leave the fill out' },
    );
  }
  return grid;
}

/** @throws QueryError `too_many_cells` */
export function checkCells(rowCount: number, columnCount: number, maxCells: number): void {
  if (rowCount * columnCount > maxCells) {
    throw new QueryError(
      'too_many_cells',
      `Cannot make a time series: ${counted(columnCount, 'column')} of ${counted(rowCount, 'time')} are more than ${maxCells} values`,
      { hint: 'Select fewer labels, use a longer interval, or choose the format table' },
    );
  }
}

/** @throws QueryError `too_many_series` */
export function checkSeries(seriesCount: number): void {
  if (seriesCount > maxSeries) {
    throw new QueryError(
      'too_many_series',
      `Cannot make a time series: ${seriesCount} series are more than ${maxSeries}`,
      {
        hint: 'Group by fewer labels, or choose the format table',
      },
    );
  }
}
