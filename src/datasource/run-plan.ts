import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { FixedColumn } from '../frame/column.ts';
import type { Notice } from '../frame/metadata.ts';
import { countColumns, downsampleSql } from '../query/downsample-sql.ts';
import { withTexts } from '../query/enums.ts';
import { emptyNotices, explainError, filterStatement, type Statement, type Written } from './ad-hoc-statement.ts';
import { type Collected, collect } from './collect.ts';
import type { Plan } from './plan-query.ts';

/** A result, and the SQL that gave it. */
export interface Ran extends Collected {
  readonly executedSql: string;
  /** What a person should know of how it was run. */
  readonly notices: readonly Notice[];
  /** Rows that the person's own statement has given, where fewer are left. */
  readonly downsampledFrom?: number;
  /** How wide the buckets are that the rows were chosen from, where fewer are left. */
  readonly bucketNs?: number;
}

/**
 * Runs a plan's SQL: as it is, or within one that makes fewer rows of it. Where no series has more rows than the panel has room for, none is
 * left out: then the statement runs again as it is, unless the few rows came through anyway.
 *
 * @throws EngineError whose position lies in the SQL as the person wrote it, QueryError
 */
export async function runPlan(engine: Engine, plan: Plan, options: QueryOptions): Promise<Ran> {
  const statement = await filterStatement(engine, plan, options);
  const ran = await runStatement(engine, plan, statement, options);
  return ran.rowCount > 0 ? ran : { ...ran, notices: [...ran.notices, ...emptyNotices(statement)] };
}

async function runStatement(engine: Engine, plan: Plan, statement: Statement, options: QueryOptions): Promise<Ran> {
  const { notices } = statement;
  const run = async <T>(written: Written, work: () => Promise<T>): Promise<T> =>
    work().catch(async (error) => {
      throw await explainError(engine, statement, written, error, options);
    });
  const whole: Written = { sql: statement.sql, start: 0 };
  const readWhole = async (): Promise<Ran> => ({
    ...(await run(whole, () => read(engine, plan, whole.sql, options))),
    executedSql: whole.sql,
    notices,
  });
  const { downsample, around } = plan;
  if (!downsample && !around) {
    return readWhole();
  }
  const fields = statement.fields ?? (await run(whole, () => engine.describe(whole.sql, options)));
  if (around) {
    const { sql, prefixLength } = around(whole.sql, fields);
    const collected = await run({ sql, start: prefixLength }, () => read(engine, plan, sql, options));
    return { ...collected, executedSql: sql, notices };
  }
  const downsampled = downsample && downsampleSql(whole.sql, fields, downsample);
  if (!downsampled) {
    return readWhole();
  }
  const { sql, prefixLength, bucketNs } = downsampled;
  const counted = await run({ sql, start: prefixLength }, () => read(engine, plan, sql, options));
  const [seriesRows = 0, allRows = 0] = countColumns.map((_, i) => greatestOf(counted, counted.fields.length - 2 + i));
  const collected = { ...withoutCounts(counted), executedSql: sql, notices };
  const hasMore = seriesRows > downsample.maxDataPoints;
  // All rows may be among those that lttb has yet to choose from.
  if (hasMore && (downsample.mode === 'lttb' || (allRows > collected.rowCount && !counted.truncatedBy))) {
    return { ...collected, downsampledFrom: allRows, bucketNs };
  }
  return allRows === collected.rowCount || counted.truncatedBy ? collected : readWhole();
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
  let greatest = 0;
  for (const { columns } of batches) {
    for (const value of (columns[index] as FixedColumn).values) {
      greatest = Math.max(greatest, Number(value));
    }
  }
  return greatest;
}

function withoutCounts(collected: Collected): Collected {
  const end = -countColumns.length;
  return {
    ...collected,
    fields: collected.fields.slice(0, end),
    batches: collected.batches.map((batch) => ({ ...batch, columns: batch.columns.slice(0, end) })),
  };
}
