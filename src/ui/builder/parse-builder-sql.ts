import {
  type BuilderAggregate,
  type BuilderColumn,
  type BuilderFilter,
  type BuilderOperator,
  type BuilderOrder,
  type BuilderQuery,
  type BuilderTable,
  type BuilderTimeGroup,
  builderAggregates,
} from '../../model/builder.ts';
import { formatName } from '../../sql/names.ts';
import { aggregateSql } from './aggregates.ts';
import { builderSql, qualifiedName, timeAlias } from './builder-sql.ts';
import { operatorSql } from './operators.ts';
import { isBareValue, sqlTokens, type Token } from './sql-tokens.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Reads SQL that the builder itself could have written, blanks, the case of keywords and a closing semicolon aside. Undefined for any other:
 * what is read is written again and compared, so that nothing of it is lost.
 */
export function parseBuilderSql(sql: string): BuilderQuery | undefined {
  const tokens = sqlTokens(sql);
  const reader = new TokenReader(tokens ?? []);
  const builder = reader.attempt(() => readSelect(reader));
  return tokens && builder && isWritten(tokens, builderSql(builder)) ? builder : undefined;
}

function isWritten(tokens: readonly Token[], written: string): boolean {
  const signature = (list: readonly Token[]) => JSON.stringify(list.map(signatureOf));
  const statement = tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens;
  return signature(statement) === signature(sqlTokens(written) ?? []);
}

/** Whether a name is quoted does not count, for it is where it must be. */
function signatureOf({ kind, text }: Token): string {
  return kind === 'word' || kind === 'name' ? `name ${text.toLowerCase()}` : `${kind} ${text}`;
}

function readSelect(reader: TokenReader): BuilderQuery {
  reader.expect('SELECT');
  const groupByTime = reader.attempt(() => readTimeGroup(reader));
  const outputs = readOutputs(reader, groupByTime !== undefined);
  reader.expect('FROM');
  const table = readTable(reader);
  const filters = reader.skip('WHERE') ? readFilters(reader) : [];
  const isGrouped = reader.skip('GROUP BY');
  if (isGrouped) {
    // Which positions, says the comparison with what is written of it.
    reader.list(() => reader.take('number'));
  }
  const orderBy = reader.skip('ORDER BY') ? reader.list(() => readOrder(reader)) : [];
  const limit = reader.skip('LIMIT') ? Number(reader.take('number')) : undefined;
  reader.skip(';');
  if (!reader.isAtEnd) {
    reader.fail();
  }
  const groups = isGrouped ? leadingNames(outputs) : [];
  return {
    table,
    columns: outputs.slice(groups.length),
    filters,
    ...(groupByTime && { groupByTime }),
    groupBy: groups,
    orderBy,
    ...(limit !== undefined && { limit }),
  };
}

function readTimeGroup(reader: TokenReader): BuilderTimeGroup {
  reader.expect('$__timeGroup (');
  const column = readName(reader);
  reader.expect(',');
  const interval = reader.take('text');
  reader.expect(`) AS ${timeAlias}`);
  return { column, interval };
}

function readOutputs(reader: TokenReader, isBehindTime: boolean): readonly BuilderColumn[] {
  if (isBehindTime) {
    return reader.skip(',') ? reader.list(() => readColumn(reader)) : [];
  }
  return reader.skip('*') ? [] : reader.list(() => readColumn(reader));
}

function readColumn(reader: TokenReader): BuilderColumn {
  const column = readExpression(reader);
  return reader.skip('AS') ? { ...column, alias: readName(reader) } : column;
}

function readExpression(reader: TokenReader): Pick<BuilderColumn, 'name' | 'aggregate'> {
  for (const aggregate of builderAggregates) {
    const name = reader.attempt(() => readAggregate(reader, aggregate));
    if (name !== undefined) {
      return { name, aggregate };
    }
  }
  return { name: readName(reader) };
}

/** The name of the column in it. */
function readAggregate(reader: TokenReader, aggregate: BuilderAggregate): string {
  const { function: called, distinct, argument } = aggregateSql[aggregate];
  reader.expect(`${called} (`);
  if (distinct) {
    reader.expect('DISTINCT');
  }
  const name = aggregate === 'count' && reader.skip('*') ? '*' : readName(reader);
  reader.expect(argument === undefined ? ')' : `, ${argument} )`);
  return name;
}

function readName(reader: TokenReader): string {
  const quoted = reader.attempt(() => reader.take('name'));
  if (quoted !== undefined) {
    return quoted;
  }
  const word = reader.take('word');
  // `true` is no column, but `"true"` is one.
  return formatName(word) === word ? word : reader.fail();
}

function readTable(reader: TokenReader): BuilderTable {
  const parts = [readName(reader)];
  while (reader.skip('.')) {
    parts.push(readName(reader));
  }
  const [name = '', schema, file, ...rest] = parts.toReversed();
  if (rest.length > 0) {
    reader.fail();
  }
  if (schema === undefined) {
    return { name };
  }
  return file === undefined
    ? { schema, name }
    : { schema: schemaOfFile(file, schema), name, sql: qualifiedName(...parts) };
}

/** As the catalogue names the schema of another attached file. */
function schemaOfFile(file: string, schema: string): string {
  return schema === 'main' ? file : `${file}.${schema}`;
}

function readFilters(reader: TokenReader): readonly BuilderFilter[] {
  const filters = [readFilter(reader)];
  while (reader.skip('AND')) {
    filters.push(readFilter(reader));
  }
  return filters;
}

const operators = Object.keys(operatorSql) as readonly BuilderOperator[];

function readFilter(reader: TokenReader): BuilderFilter {
  for (const operator of operators) {
    const filter = reader.attempt(() => readCondition(reader, operator));
    if (filter) {
      return filter;
    }
  }
  return reader.fail();
}

function readCondition(reader: TokenReader, operator: BuilderOperator): BuilderFilter {
  const sql = operatorSql[operator];
  if ('macro' in sql) {
    reader.expect(`${sql.macro} (`);
    const column = readName(reader);
    reader.expect(')');
    return { column, operator, values: [] };
  }
  const column = readName(reader);
  reader.expect(sql.words);
  const values = readValues(reader, sql.values);
  const isBare = values.some(({ bare }) => bare);
  return { column, operator, values: values.map(({ text }) => text), ...(isBare && { bare: true }) };
}

interface Value {
  readonly text: string;
  readonly bare: boolean;
}

function readValues(reader: TokenReader, count: 'none' | 'one' | 'list'): readonly Value[] {
  if (count !== 'list') {
    return count === 'one' ? [readValue(reader)] : [];
  }
  reader.expect('(');
  const values = reader.list(() => readValue(reader));
  reader.expect(')');
  return values;
}

function readValue(reader: TokenReader): Value {
  const quoted = reader.attempt(() => reader.take('text'));
  if (quoted !== undefined) {
    return { text: quoted, bare: false };
  }
  const text = reader.take('number', 'variable', 'word');
  if (!isBareValue(text)) {
    reader.fail();
  }
  return { text, bare: true };
}

function readOrder(reader: TokenReader): BuilderOrder {
  const { name, aggregate } = readExpression(reader);
  const direction = reader.skip('DESC') ? 'desc' : 'asc';
  return { by: name, ...(aggregate && { aggregate }), direction };
}

/** Groups come first, and have no alias. */
function leadingNames(outputs: readonly BuilderColumn[]): readonly string[] {
  const end = outputs.findIndex(({ aggregate, alias }) => aggregate !== undefined || alias !== undefined);
  return (end === -1 ? outputs : outputs.slice(0, end)).map(({ name }) => name);
}
