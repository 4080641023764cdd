import type {
  BuilderColumn,
  BuilderFilter,
  BuilderOrder,
  BuilderQuery,
  BuilderTable,
  BuilderTimeGroup,
} from '../../model/builder.ts';
import { formatName } from '../../sql/names.ts';
import { quoteText } from '../../sql/quote.ts';
import { aggregateSql } from './aggregates.ts';
import { isComplete, operatorSql } from './operators.ts';
import { isBareValue } from './sql-tokens.ts';

/** What the SELECT calls the buckets of time. */
export const timeAlias = 'time';

/** The SELECT as a person would write it; empty without a table. */
export function builderSql(builder: BuilderQuery): string {
  const { table, filters, orderBy, limit } = builder;
  if (table === undefined) {
    return '';
  }
  const outputs = outputsOf(builder);
  const lines = [
    selectClause(outputs.map(({ sql }) => sql)),
    `FROM ${tableSql(table)}`,
    ...clause('WHERE', '\n  AND ', filters.filter(isComplete).map(condition)),
    ...clause('GROUP BY', ', ', isGrouped(builder) ? groupPositions(outputs) : []),
    ...clause('ORDER BY', ', ', orderBy.map(orderSql)),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ];
  return lines.join('\n');
}

export function tableSql({ schema, name, sql }: BuilderTable): string {
  return sql ?? qualifiedName(...(schema === undefined ? [] : [schema]), name);
}

export function qualifiedName(...parts: readonly string[]): string {
  return parts.map(formatName).join('.');
}

/** Whether rows become groups; then the SELECT has groups and aggregates alone. */
export function isGrouped({ groupByTime, groupBy, columns }: BuilderQuery): boolean {
  return groupByTime !== undefined || groupBy.length > 0 || columns.some(({ aggregate }) => aggregate !== undefined);
}

/** An expression of the SELECT. */
interface Output {
  readonly sql: string;
  readonly isAggregate: boolean;
}

function outputsOf({ groupByTime, groupBy, columns }: BuilderQuery): readonly Output[] {
  return [
    ...(groupByTime ? [{ sql: timeGroupSql(groupByTime), isAggregate: false }] : []),
    ...groupBy.map((name) => ({ sql: formatName(name), isAggregate: false })),
    ...columns.map((column) => ({ sql: columnSql(column), isAggregate: column.aggregate !== undefined })),
  ];
}

/** With the name that the SELECT calls it. */
export function timeGroupSql({ column, interval }: BuilderTimeGroup): string {
  return `$__timeGroup(${formatName(column)}, ${quoteText(interval)}) AS ${timeAlias}`;
}

function columnSql({ alias, ...column }: BuilderColumn): string {
  return alias === undefined ? expression(column) : `${expression(column)} AS ${formatName(alias)}`;
}

function expression({ name, aggregate }: Pick<BuilderColumn, 'name' | 'aggregate'>): string {
  if (aggregate === undefined) {
    return formatName(name);
  }
  const { function: called, distinct, argument } = aggregateSql[aggregate];
  const column = aggregate === 'count' && name === '*' ? '*' : formatName(name);
  return `${called}(${distinct ? 'DISTINCT ' : ''}${column}${argument === undefined ? '' : `, ${argument}`})`;
}

const lineLength = 80;

function selectClause(outputs: readonly string[]): string {
  const line = `SELECT ${outputs.length === 0 ? '*' : outputs.join(', ')}`;
  return line.length <= lineLength ? line : `SELECT\n  ${outputs.join(',\n  ')}`;
}

function clause(keyword: string, separator: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`${keyword} ${parts.join(separator)}`];
}

/** Positions: a name means the table's column before the SELECT's alias, and many tables have a column `time`. */
function groupPositions(outputs: readonly Output[]): readonly string[] {
  return outputs.flatMap(({ isAggregate }, index) => (isAggregate ? [] : [String(index + 1)]));
}

function condition({ column, operator, values, bare }: BuilderFilter): string {
  const sql = operatorSql[operator];
  const name = formatName(column);
  if ('macro' in sql) {
    return `${sql.macro}(${name})`;
  }
  const literals = values.map((value) => (bare && isBareValue(value) ? value : quoteText(value)));
  switch (sql.values) {
    case 'none':
      return `${name} ${sql.words}`;
    case 'one':
      return `${name} ${sql.words} ${literals[0]}`;
    case 'list':
      return `${name} ${sql.words} (${literals.join(', ')})`;
  }
}

export function orderSql({ by, aggregate, direction }: BuilderOrder): string {
  const sql = expression({ name: by, ...(aggregate && { aggregate }) });
  return direction === 'asc' ? sql : `${sql} DESC`;
}
