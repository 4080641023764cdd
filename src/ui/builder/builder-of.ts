import { type BuilderQuery, builderAggregates, builderOperators } from '../../model/builder.ts';
import type { SavedQuery } from '../../model/query.ts';
import { builderSql } from './builder-sql.ts';
import { emptyBuilder } from './default-builder.ts';
import { parseBuilderSql } from './parse-builder-sql.ts';

export interface ShownBuilder {
  readonly builder: BuilderQuery;
  /** Whether a change replaces SQL that the builder cannot show. */
  readonly replacesSql: boolean;
}

/** What the builder shows of a saved query: the SQL counts, however it came to be. */
export function builderOf({ builder: saved, rawSql = '' }: Pick<SavedQuery, 'builder' | 'rawSql'>): ShownBuilder {
  const builder = isKnown(saved) ? saved : undefined;
  if (builder && (rawSql.trim() === '' || builderSql(builder) === rawSql)) {
    return { builder, replacesSql: false };
  }
  const parsed = parseBuilderSql(rawSql);
  return parsed
    ? { builder: parsed, replacesSql: false }
    : { builder: builder ?? emptyBuilder, replacesSql: rawSql.trim() !== '' };
}

/** Whether this version can write all of it; another's may have aggregates or operators that are still to come. */
function isKnown(saved: unknown): saved is BuilderQuery {
  if (!isObject(saved)) {
    return false;
  }
  const { table, columns, filters, groupBy, groupByTime, orderBy, limit } = saved;
  return (
    (table === undefined ||
      (isObject(table) && isText(table.name) && isOptional(table.schema, isText) && isOptional(table.sql, isText))) &&
    isListOf(columns, (item) => isText(item.name) && isAggregate(item.aggregate) && isOptional(item.alias, isText)) &&
    isListOf(
      filters,
      (item) => isText(item.column) && isOneOf(builderOperators, item.operator) && isTexts(item.values),
    ) &&
    isTexts(groupBy) &&
    (groupByTime === undefined ||
      (isObject(groupByTime) && isText(groupByTime.column) && isText(groupByTime.interval))) &&
    isListOf(orderBy, (item) => isText(item.by) && isAggregate(item.aggregate) && isText(item.direction)) &&
    isOptional(limit, Number.isSafeInteger)
  );
}

type Keys = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isListOf(value: unknown, fits: (item: Keys) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && fits(item));
}

function isOptional(value: unknown, fits: (value: unknown) => boolean): boolean {
  return value === undefined || fits(value);
}

function isOneOf(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value);
}

function isAggregate(value: unknown): boolean {
  return isOptional(value, (name) => isOneOf(builderAggregates, name));
}
