import type { BuilderAggregate, BuilderOperator } from '../../model/builder.ts';
import type { ColumnKind } from '../../model/resources.ts';

const countable = ['count', 'count_distinct'] as const;
const sortable = [...countable, 'min', 'max'] as const;

/** What the engine can work out of a kind of column. */
export const aggregatesOf: Readonly<Record<ColumnKind, readonly BuilderAggregate[]>> = {
  number: ['avg', 'sum', 'min', 'max', 'median', 'p95', 'stddev', ...countable],
  time: sortable,
  text: sortable,
  boolean: countable,
  other: countable,
};

const nullness = ['is null', 'is not null'] as const;
const equality = ['=', '!='] as const;
const order = ['<', '<=', '>', '>='] as const;
const membership = ['in', 'not in'] as const;

/** The conditions that fit a kind of column, the usual one first. */
export const operatorsOf: Readonly<Record<ColumnKind, readonly BuilderOperator[]>> = {
  time: ['in time range', ...equality, ...order, ...nullness],
  number: [...equality, ...order, ...membership, ...nullness],
  text: [...equality, 'like', 'not like', ...membership, ...order, ...nullness],
  boolean: [...equality, ...nullness],
  other: nullness,
};

/** Whether values of such a column stand without quotes. */
export function isBareKind(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'boolean';
}
