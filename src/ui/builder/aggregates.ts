import type { BuilderAggregate } from '../../model/builder.ts';

/** An aggregate in SQL: its function, and what stands beside the column. */
export interface AggregateSql {
  readonly function: string;
  readonly distinct?: true;
  /** A second argument. */
  readonly argument?: string;
}

/** SQL is written and read by this table. */
export const aggregateSql: Readonly<Record<BuilderAggregate, AggregateSql>> = {
  count: { function: 'count' },
  count_distinct: { function: 'count', distinct: true },
  sum: { function: 'sum' },
  avg: { function: 'avg' },
  min: { function: 'min' },
  max: { function: 'max' },
  median: { function: 'median' },
  p95: { function: 'quantile_cont', argument: '0.95' },
  stddev: { function: 'stddev' },
};
