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
import { builderSql, orderSql, qualifiedName, timeAlias, timeGroupSql } from './builder-sql.ts';
import { operatorSql } from './operators.ts';
import { isBareValue, sqlTokens, type Token } from './sql-tokens.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Reads SQL that means the same as what the builder writes: groups and orders may be named or counted, `AS` and `ASC` be there or not.
 * Undefined for any other: what is read is written again and compared, so that nothing of it is lost.
 */
export function parseBuilderSql(sql: string): BuilderQuery | undefined {
  const tokens = sqlTokens(sql);
  const reader = new TokenReader(tokens ?? []);
  const builder = reader.attempt(() => readSelect(reader));
  return tokens && builder && isWritten(reader.read, builderSql(builder)) ? builder : undefined;
}

function isWritten(tokens: readonly Token[], written: string): boolean {
  const signature = (list: readonly Token[]) => JSON.stringify(list.map(signatureOf));
  return signature(tokens) === signature(sqlTokens(written) ?? []);
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
  const select = { groupByTime, outputs };
  const isGrouped = reader.skip('GROUP BY');
  if (isGrouped) {
    // Whether they are all that are no aggregates, says the comparison with what is written of it.
    reader.respell(
      () => readGroups(reader, select),
      (positions) => positions.toSorted((a, b) => a - b).join(', '),
    );
  }
  const orderBy = reader.skip('ORDER BY') ? reader.list(() => readOrder(reader, select)) : [];
  const limit = reader.skip('LIMIT') ? Number(reader.take('number')) : undefined;
  reader.leaveOut(';');
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

/** What groups and orders refer to. */
interface Select {
  readonly groupByTime: BuilderTimeGroup | undefined;
  readonly outputs: readonly BuilderColumn[];
}

function readTimeGroup(reader: TokenReader): BuilderTimeGroup {
  return reader.respell(() => {
    if (reader.skip('$__timeGroupAlias')) {
      return readBucket(reader);
    }
    reader.expect('$__timeGroup');
    const bucket = readBucket(reader);
    return isSameName(readAlias(reader), timeAlias) ? bucket : reader.fail();
  }, timeGroupSql);
}

/** The macro takes intervals with quotes and without. */
function readBucket(reader: TokenReader): BuilderTimeGroup {
  reader.expect('(');
  const column = readName(reader);
  reader.expect(',');
  const interval = reader.take('text', 'interval', 'variable');
  reader.expect(')');
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
  const alias = reader.attempt(() => readAlias(reader));
  return alias === undefined ? column : { ...column, alias };
}

function readAlias(reader: TokenReader): string {
  reader.leaveOut('AS');
  return reader.respell(
    () => readName(reader),
    (name) => `AS ${formatName(name)}`,
  );
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

/** Positions in the SELECT. */
function readGroups(reader: TokenReader, select: Select): readonly number[] {
  if (!reader.skip('ALL')) {
    return reader.list(() => readGroup(reader, select));
  }
  const first = select.groupByTime ? 2 : 1;
  const columns = select.outputs.flatMap(({ aggregate }, index) => (aggregate === undefined ? [first + index] : []));
  const positions = [...(select.groupByTime ? [1] : []), ...columns];
  return positions.length > 0 ? positions : reader.fail();
}

function readGroup(reader: TokenReader, { groupByTime, outputs }: Select): number {
  const position = reader.attempt(() => readPosition(reader));
  if (position !== undefined) {
    return position;
  }
  if (groupByTime && reader.attempt(() => readSameBucket(reader, groupByTime))) {
    return 1;
  }
  const name = readName(reader);
  const columns = outputs.map((output) => (output.aggregate === undefined ? output : undefined));
  // A name means the table's column before the SELECT's alias. Where the table has one that the SELECT has not, the SQL is an error.
  const column = columns.findIndex((output) => isSameName(output?.name, name));
  const found = column === -1 ? columns.findIndex((output) => isSameName(output?.alias, name)) : column;
  if (found !== -1) {
    return found + (groupByTime ? 2 : 1);
  }
  return isSameName(name, timeAlias) && groupByTime && !isSameName(groupByTime.column, timeAlias) ? 1 : reader.fail();
}

/** `1.0` is a constant, and no position. */
function readPosition(reader: TokenReader): number {
  const digits = reader.take('number');
  return /^\d+$/.test(digits) ? Number(digits) : reader.fail();
}

function readSameBucket(reader: TokenReader, { column, interval }: BuilderTimeGroup): true {
  reader.expect('$__timeGroup');
  const bucket = readBucket(reader);
  return isSameName(bucket.column, column) && bucket.interval === interval ? true : reader.fail();
}

function readOrder(reader: TokenReader, select: Select): BuilderOrder {
  const output = reader.attempt(() =>
    reader.respell(
      () => readOutput(reader, select),
      (by) => orderSql({ ...by, direction: 'asc' }),
    ),
  );
  const { name, aggregate } = output ? { name: output.by, ...output } : readExpression(reader);
  const direction = reader.skip('DESC') ? 'desc' : 'asc';
  if (direction === 'asc') {
    reader.leaveOut('ASC');
  }
  return { by: name, ...(aggregate && { aggregate }), direction };
}

/** A position in the SELECT, or its bucket, as the builder names it. */
function readOutput(reader: TokenReader, { groupByTime, outputs }: Select): Pick<BuilderOrder, 'by' | 'aggregate'> {
  const all = [...(groupByTime ? [{ name: groupByTime.column, alias: timeAlias }] : []), ...outputs];
  const isBucket = groupByTime && reader.attempt(() => readSameBucket(reader, groupByTime));
  const output: BuilderColumn | undefined = all[isBucket ? 0 : readPosition(reader) - 1];
  if (output === undefined) {
    return reader.fail();
  }
  const { name, alias, aggregate } = output;
  const isNamed = alias !== undefined || aggregate === undefined;
  const by = alias ?? name;
  // The name would mean another output that is called so.
  const others = all.filter((other) => other !== output);
  const names = others.map((other) => other.alias ?? (isNamed && !other.aggregate ? other.name : undefined));
  return names.some((other) => isSameName(other, by))
    ? reader.fail()
    : { by, ...(!isNamed && aggregate && { aggregate }) };
}

function isSameName(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** Groups come first, and have no alias. */
function leadingNames(outputs: readonly BuilderColumn[]): readonly string[] {
  const end = outputs.findIndex(({ aggregate, alias }) => aggregate !== undefined || alias !== undefined);
  return (end === -1 ? outputs : outputs.slice(0, end)).map(({ name }) => name);
}
