import { type Engine, EngineError, type QueryOptions } from '../engine/engine.ts';
import type { Field } from '../frame/column.ts';
import type { Notice } from '../frame/metadata.ts';
import type { AdHocFilter } from '../model/query.ts';
import { resultColumns, tableColumns } from '../query/ad-hoc-columns.ts';
import {
  type AppliedFilter,
  applyFilters,
  filteredSql,
  formatFilter,
  noLinesNotice,
  selectTable,
  unappliedNotice,
} from '../query/ad-hoc-filters.ts';
import { QueryError } from '../query/errors.ts';
import { type ExpandedSql, originalPosition } from '../query/interpolate.ts';
import type { Plan } from './plan-query.ts';

/** The person's SQL with the dashboard's filters in it, or around it. */
export interface Statement {
  readonly sql: string;
  /** Where the expanded SQL begins in it. */
  readonly prefixLength: number;
  readonly expanded: ExpandedSql;
  readonly filters: readonly TriedFilter[];
  readonly notices: readonly Notice[];
  /** The columns, where they had to be known. */
  readonly fields?: readonly Field[];
}

interface TriedFilter extends AppliedFilter {
  /** A statement with this filter alone. */
  readonly trial: string;
}

/**
 * Brings the filters to the columns that they are on: where `$__adHocFilters` says which table's, else those of the result.
 *
 * @throws EngineError whose position lies in the SQL as the person wrote it
 */
export async function filterStatement(engine: Engine, plan: Plan, options: QueryOptions): Promise<Statement> {
  const { expanded, adHocFilters: filters } = plan;
  const own: Statement = { sql: expanded.sql, prefixLength: 0, expanded, filters: [], notices: [] };
  if (filters.length === 0) {
    return own;
  }
  return expanded.adHocTables.length > 0 ? byMacro(engine, plan, options) : around(engine, own, plan, options);
}

async function byMacro(engine: Engine, plan: Plan, options: QueryOptions): Promise<Statement> {
  const { adHocFilters: filters, isLogs } = plan;
  const columns = new Map<string, readonly Field[]>();
  for (const { table, position } of plan.expanded.adHocTables) {
    if (!columns.has(table)) {
      columns.set(table, await columnsOf(engine, table, position, options));
    }
  }
  const expanded = plan.expand({ filters, columns, isLogs });
  const tried = plan.expanded.adHocTables.flatMap(({ table, alias }) =>
    applyFilters(filters, tableColumns(columns.get(table) ?? [], isLogs, alias)).map((applied) => ({
      ...applied,
      trial: `${selectTable(table, alias)} WHERE ${applied.condition}`,
    })),
  );
  const where = columns.size === 1 ? `the table ${[...columns.keys()][0]} has` : 'the tables have';
  return { sql: expanded.sql, prefixLength: 0, expanded, filters: tried, notices: noticesOf(filters, tried, where) };
}

async function columnsOf(
  engine: Engine,
  table: string,
  position: number,
  options: QueryOptions,
): Promise<readonly Field[]> {
  try {
    return await engine.describe(selectTable(table), options);
  } catch (error) {
    throw withPlace(error, position, (message) => `Cannot expand $__adHocFilters: ${message}`);
  }
}

async function around(
  engine: Engine,
  own: Statement,
  { adHocFilters: filters, isLogs }: Plan,
  options: QueryOptions,
): Promise<Statement> {
  const fields = await engine.describe(own.sql, options).catch((error) => {
    throw ownPlace(own, error, 0);
  });
  const applied = applyFilters(filters, resultColumns(fields, isLogs));
  const tried = applied.map((one) => ({ ...one, trial: filteredSql(own.sql, fields, [one]).sql }));
  const notices = noticesOf(filters, tried, 'the result has');
  return { ...own, ...(applied.length > 0 && filteredSql(own.sql, fields, applied)), filters: tried, notices, fields };
}

function noticesOf(
  filters: readonly AdHocFilter[],
  applied: readonly AppliedFilter[],
  where: string,
): readonly Notice[] {
  const without = filters.filter((filter) => !applied.some((one) => one.filter === filter));
  return without.length === 0 ? [] : [unappliedNotice(without, where)];
}

/** What is told where a statement has given no rows. */
export function emptyNotices({ filters }: Statement): readonly Notice[] {
  const onLabels = filters.filter(({ isLabel }) => isLabel).map(({ filter }) => filter);
  return onLabels.length === 0 ? [] : [noLinesNotice(onLabels)];
}

/** SQL that an engine was given, with a statement's SQL from `start` on. */
export interface Written {
  readonly sql: string;
  readonly start: number;
}

/** An engine's error as its place in the person's SQL, or as the filter that it is about. */
export async function explainError(
  engine: Engine,
  statement: Statement,
  written: Written,
  error: unknown,
  options: QueryOptions,
): Promise<unknown> {
  const filter = error instanceof EngineError ? await filterOf(engine, statement, written, error, options) : undefined;
  if (filter === undefined) {
    return ownPlace(statement, error, written.start);
  }
  const { message, hint } = error as EngineError;
  return new QueryError('filter_invalid', `Cannot apply the filter ${formatFilter(filter)}: ${message}`, {
    ...(hint !== undefined && { hint }),
    cause: error,
  });
}

async function filterOf(
  engine: Engine,
  statement: Statement,
  { sql, start }: Written,
  { code, position }: EngineError,
  options: QueryOptions,
): Promise<AdHocFilter | undefined> {
  if (!code.startsWith('sql_')) {
    return undefined;
  }
  if (position === undefined) {
    return failingFilter(engine, statement, options);
  }
  const { segments } = statement.expanded;
  const place = position - start - statement.prefixLength;
  const isOwn = segments.some((one) => one.copied && one.start <= place && place < one.start + one.length);
  return isOwn ? undefined : statement.filters.find(({ condition }) => covers(sql, condition, position))?.filter;
}

/** Some of the engine's errors have no place, but are met as soon as a filter's columns are bound. */
async function failingFilter(
  engine: Engine,
  { filters }: Statement,
  options: QueryOptions,
): Promise<AdHocFilter | undefined> {
  for (const { filter, trial } of filters) {
    const fails = await engine.describe(trial, options).then(
      () => false,
      (error) => error instanceof EngineError && error.code.startsWith('sql_'),
    );
    if (fails) {
      return filter;
    }
  }
  return undefined;
}

function covers(sql: string, part: string, position: number): boolean {
  for (let at = sql.indexOf(part); at !== -1 && at <= position; at = sql.indexOf(part, at + 1)) {
    if (position < at + part.length) {
      return true;
    }
  }
  return false;
}

function ownPlace({ expanded, prefixLength }: Statement, error: unknown, start: number): unknown {
  if (!(error instanceof EngineError) || error.position === undefined) {
    return error;
  }
  const place = error.position - start - prefixLength;
  const isOwn = place >= 0 && place <= expanded.sql.length;
  return withPlace(error, isOwn ? originalPosition(expanded, place) : undefined, (message) => message);
}

function withPlace(error: unknown, position: number | undefined, say: (message: string) => string): unknown {
  if (!(error instanceof EngineError)) {
    return error;
  }
  const { code, message, hint, cause } = error;
  return new EngineError(code, say(message), {
    ...(hint !== undefined && { hint }),
    ...(position !== undefined && { position }),
    cause,
  });
}
