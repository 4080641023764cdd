/** What the query builder shows, and writes SQL from. */
export interface BuilderQuery {
  readonly table?: BuilderTable;
  /** None, without a group, is every column. Groups come before them in the SELECT. */
  readonly columns: readonly BuilderColumn[];
  readonly filters: readonly BuilderFilter[];
  /** Groups rows by buckets of a time column, which the SELECT calls `time`. */
  readonly groupByTime?: BuilderTimeGroup;
  readonly groupBy: readonly string[];
  readonly orderBy: readonly BuilderOrder[];
  readonly limit?: number;
}

export interface BuilderTable {
  /** As the catalogue names it. Default: the first that has the table. */
  readonly schema?: string;
  readonly name: string;
  /** How SQL names it where schema and name do not say it: in another attached file. */
  readonly sql?: string;
}

/** A column, or an aggregate of one; `*` with `count` counts rows. Beside aggregates and groups, a plain column is a group too. */
export interface BuilderColumn {
  readonly name: string;
  readonly aggregate?: BuilderAggregate;
  readonly alias?: string;
}

export const builderAggregates = [
  'count',
  'count_distinct',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'p95',
  'stddev',
] as const;

export type BuilderAggregate = (typeof builderAggregates)[number];

/** One that lacks its value is not in the SQL yet. */
export interface BuilderFilter {
  readonly column: string;
  readonly operator: BuilderOperator;
  /** None for `is null` and its like, several for `in`. */
  readonly values: readonly string[];
  /** Numbers, `true`, `false` and dashboard variables stand without quotes, as columns of numbers and booleans want them. */
  readonly bare?: true;
}

export const builderOperators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  'not like',
  'in',
  'not in',
  'is null',
  'is not null',
  'in time range',
] as const;

export type BuilderOperator = (typeof builderOperators)[number];

export interface BuilderTimeGroup {
  readonly column: string;
  /** As `$__timeGroup` takes it: `$__interval`, `5m`, `1d`. */
  readonly interval: string;
}

export interface BuilderOrder {
  /** A column's name or alias, or `time` for the buckets. */
  readonly by: string;
  /** Orders by this aggregate of the column. */
  readonly aggregate?: BuilderAggregate;
  readonly direction: 'asc' | 'desc';
}
