import { type Engine, EngineError, type QueryOptions } from '../engine/engine.ts';
import type { FixedColumn } from '../frame/column.ts';
import { countColumns, type DownsampleSql, downsampleSql } from '../query/downsample-sql.ts';
import { withTexts } from '../query/enums.ts';
import { type Collected, collect } from './collect.ts';
import type { Plan } from './plan-query.ts';

/** A result, and the SQL that gave it. */
export interface Ran extends Collected {
  readonly executedSql: string;
  /** Rows that the person's own statement has given, where fewer are left. */
  readonly downsampledFrom?: number;
  /** How wide the buckets are that the rows were chosen from, where fewer are left. */
  readonly bucketNs?: number;
}

/**
 * Runs a plan's SQL: as it is, or within one that makes fewer rows of it. Where no series has more rows than the panel has room for, none is
 * left out: then the statement runs again as it is, unless the few rows came through anyway.
 *
 * @throws EngineError whose position lies in the plan's SQL
 */
export async function runPlan(engine: Engine, plan: Plan, options: QueryOptions): Promise<Ran> {
  const { sql } = plan.expanded;
  const downsampled = plan.downsample && downsampleSql(sql, await engine.describe(sql, options), plan.downsample);
  if (!plan.downsample || !downsampled) {
    return { ...(await read(engine, plan, sql, options)), executedSql: sql };
  }
  const counted = await read(engine, plan, downsampled.sql, options).catch((error) => {
    throw withOwnPosition(error, downsampled, sql.length);
  });
  const [seriesRows = 0, allRows = 0] = countColumns.map((_, i) => greatestOf(counted, counted.fields.length - 2 + i));
  const collected = { ...withoutCounts(counted), executedSql: downsampled.sql };
  const hasMore = seriesRows > plan.downsample.maxDataPoints;
  // All rows may be among those that lttb has yet to choose from.
  if (hasMore && (plan.downsample.mode === 'lttb' || (allRows > collected.rowCount && !counted.truncatedBy))) {
    return { ...collected, downsampledFrom: allRows, bucketNs: downsampled.bucketNs };
  }
  return allRows === collected.rowCount || counted.truncatedBy
    ? collected
    : { ...(await read(engine, plan, sql, options)), executedSql: sql };
}

async function read(
  engine: Engine,
  { shape, forPanel, limits }: Plan,
  sql: string,
  options: QueryOptions,
): Promise<Collected> {
  return collect(withTexts(await engine.query(sql, options), shape.format, forPanel), limits);
}

function greatestOf({ batches }: Collected, index: number): number {
  const values = batches.flatMap(({ columns }) => Array.from((columns[index] as FixedColumn).values, Number));
  return values.reduce((greatest, value) => Math.max(greatest, value), 0);
}

function withoutCounts(collected: Collected): Collected {
  const end = -countColumns.length;
  return {
    ...collected,
    fields: collected.fields.slice(0, end),
    batches: collected.batches.map((batch) => ({ ...batch, columns: batch.columns.slice(0, end) })),
  };
}

function withOwnPosition(error: unknown, { prefixLength }: DownsampleSql, length: number): unknown {
  if (!(error instanceof EngineError) || error.position === undefined) {
    return error;
  }
  const position = error.position - prefixLength;
  const { code, message, hint, cause } = error;
  const isOwn = position >= 0 && position <= length;
  return new EngineError(code, message, {
    ...(hint !== undefined && { hint }),
    ...(isOwn && { position }),
    cause,
  });
}
