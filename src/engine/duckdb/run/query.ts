import type { Field } from '../../../frame/column.ts';
import { EngineError, type QueryOptions, type QueryResult } from '../../engine.ts';
import type { Bindings, DataChunk, PreparedStatement, Result } from '../bindings.ts';
import { type ColumnReader, columnReader } from '../columns/read.ts';
import type { Source } from '../errors.ts';
import { type ColumnType, columnTypeOf, exactTypeOf, type Rewrite } from '../types.ts';
import { needsRewrite, rewriteSelect, selectFrom } from './rewrite.ts';
import type { Session } from './session.ts';
import { hasShape, type Shape, shapeOf } from './shape.ts';
import { BatchStream, type ResultSize } from './stream.ts';

/** DUCKDB_STATEMENT_TYPE_SELECT and so on. */
const statementTypes = { select: 1, explain: 4, create: 7, attach: 25 } as const;

/** A SELECT that can be started, once or again and again on its connection. */
export interface Prepared {
  readonly statement: PreparedStatement;
  /** As the person wrote it. */
  readonly source: Source;
  /** What was prepared: perhaps another SELECT around it. */
  readonly written: Source;
  readonly fields: readonly Field[];
  readonly readers: readonly ColumnReader[];
  /** Of the columns, as the person's SELECT has them. */
  readonly shape: Shape;
  readonly rewrites: readonly (Rewrite | undefined)[];
  /** Of the run that last came to its end, where there was one. */
  lastSize: ResultSize | undefined;
}

/**
 * Prepares a SELECT that the gate has let through. The statement is the caller's to destroy.
 *
 * @throws EngineError
 */
export async function prepareSelect(
  bindings: Bindings,
  session: Session,
  source: Source,
  options: ColumnOptions = {},
): Promise<Prepared> {
  const first = await prepare(bindings, session, source);
  const shape = shapeOf(bindings, first);
  const columns = columnsOf(bindings, first, options);
  const fields = fieldsOf(bindings, first, columns);
  const [statement, written] = needsRewrite(columns)
    ? await prepareRewritten(bindings, session, first, source, columns)
    : [first, source];
  const readers = columns.map((column) => columnReader(bindings, column));
  const rewrites = columns.map(({ rewrite }) => rewrite);
  return { statement, source, written, fields, readers, shape, rewrites, lastSize: undefined };
}

/**
 * What may be made whole before the first row is read. A whole result keeps its memory, twice its bytes, until the collector finds it, and
 * neither DuckDB's limit nor V8 counts that: there may be hundreds.
 */
const small: ResultSize = { rows: 2048, bytes: 64 * 1024 };

/**
 * Starts a prepared SELECT and streams its rows. One that runs again and was small is made whole instead, in one call of the engine where a
 * stream takes three, each of which waits for a thread: 91 µs of CPU for `select 1` instead of 209. What is kept prepared reads tables that do not
 * change with functions that know nothing else, so that it stays small; its answer would be right if it grew. Its errors are told by this
 * call, those of a stream by its batches.
 *
 * The session belongs to the result from then on; when this rejects, it is still the caller's.
 * The statement may be destroyed as soon as this has settled.
 */
export async function runPrepared(bindings: Bindings, session: Session, prepared: Prepared): Promise<QueryResult> {
  const { fields, readers, source, shape, rewrites } = prepared;
  const isWhole = isSmall(prepared.lastSize);
  const result = await execute(bindings, session, prepared, isWhole);
  if (!hasShape(bindings, result, shape, rewrites)) {
    await session.discard(result);
    throw new EngineError('file_invalid', 'The columns of a file changed again and again while the query started', {
      hint: 'Run it again, and let the producer replace the file less often',
    });
  }
  const explain = (rowsRead: number) => explainFailure(bindings, session, source, fields.length, rowsRead);
  const fetch = isWhole ? chunksOf(bindings, session, result) : () => session.run(() => bindings.fetch_chunk(result));
  const onEnd = (size: ResultSize) => {
    prepared.lastSize = size;
  };
  return { fields, batches: new BatchStream({ bindings, session, result, readers, fetch, explain, onEnd }) };
}

function isSmall(size: ResultSize | undefined): boolean {
  return size !== undefined && size.rows <= small.rows && size.bytes <= small.bytes;
}

/** Hands out a whole result's chunks one after another, then null. */
function chunksOf(bindings: Bindings, session: Session, result: Result): () => Promise<DataChunk | null> {
  const count = bindings.result_chunk_count(result);
  let next = 0;
  return async () => {
    session.throwIfStopped();
    return next < count ? bindings.result_get_chunk(result, next++) : null;
  };
}

/** The columns of a SELECT that the gate has let through: names bound, constants folded, nothing run. */
export async function describeSelect(
  bindings: Bindings,
  session: Session,
  source: Source,
  options: ColumnOptions,
): Promise<readonly Field[]> {
  const statement = await prepare(bindings, session, source);
  try {
    return fieldsOf(bindings, statement, columnsOf(bindings, statement, options));
  } finally {
    bindings.destroy_prepare_sync(statement);
  }
}

/** A statement that was cancelled just when its call returned is ended at once, not when the collector comes. */
async function execute(
  bindings: Bindings,
  session: Session,
  { statement, written }: Prepared,
  isWhole: boolean,
): Promise<Result> {
  let started: Result | undefined;
  const start = async () => {
    started = await (isWhole ? bindings.execute_prepared(statement) : bindings.execute_prepared_streaming(statement));
    return started;
  };
  try {
    return await session.run(start, written);
  } catch (error) {
    if (started !== undefined) {
      await session.end(started);
    }
    throw error;
  }
}

/** Prepares a statement of the kind that the gate has let through. */
export async function prepare(
  bindings: Bindings,
  session: Session,
  source: Source,
  kind: keyof typeof statementTypes = 'select',
): Promise<PreparedStatement> {
  const text = `${source.prefix ?? ''}${source.sql}${source.suffix ?? ''}`;
  const statement = await session.run(() => bindings.prepare(session.connection, text), source);
  const problem = problemOf(bindings, statement, kind);
  if (problem === undefined) {
    return statement;
  }
  bindings.destroy_prepare_sync(statement);
  throw problem;
}

function problemOf(
  bindings: Bindings,
  statement: PreparedStatement,
  kind: keyof typeof statementTypes,
): EngineError | undefined {
  if (bindings.prepared_statement_type(statement) !== statementTypes[kind]) {
    return new EngineError('sql_not_select', 'Only SELECT may run');
  }
  if (bindings.nparams(statement) === 0) {
    return undefined;
  }
  return new EngineError('sql_invalid', `Nothing fills ${parameterOf(bindings, statement)}`, {
    hint: 'Write a value, or a variable that the dashboard has',
  });
}

/** `?` is numbered too. Who writes `$13` alone has one parameter, and none of the number 1. */
function parameterOf(bindings: Bindings, statement: PreparedStatement): string {
  try {
    const name = bindings.parameter_name(statement, 1);
    return `the parameter ${/^\d/.test(name) ? '?' : `$${name}`}`;
  } catch {
    return 'a parameter that is a number';
  }
}

type ColumnOptions = Pick<QueryOptions, 'bigintAsText'>;

function columnsOf(
  bindings: Bindings,
  statement: PreparedStatement,
  { bigintAsText }: ColumnOptions,
): readonly ColumnType[] {
  return Array.from({ length: bindings.prepared_statement_column_count(statement) }, (_, i) => {
    const name = bindings.prepared_statement_column_name(statement, i);
    const isExact = bigintAsText !== undefined && !bigintAsText.exceptNames.includes(name.toLowerCase());
    const logical = bindings.prepared_statement_column_logical_type(statement, i);
    return isExact ? exactTypeOf(bindings, logical) : columnTypeOf(bindings, logical);
  });
}

function fieldsOf(bindings: Bindings, statement: PreparedStatement, columns: readonly ColumnType[]): readonly Field[] {
  return columns.map(({ type, texts }, i) => ({
    name: bindings.prepared_statement_column_name(statement, i),
    type,
    ...(texts && { texts }),
  }));
}

async function prepareRewritten(
  bindings: Bindings,
  session: Session,
  first: PreparedStatement,
  source: Source,
  columns: readonly ColumnType[],
): Promise<[PreparedStatement, Source]> {
  bindings.destroy_prepare_sync(first);
  const written = rewriteSelect(source, columns);
  return [await prepare(bindings, session, written), written];
}

/**
 * The bindings keep a broken stream's message to themselves. So the statement runs once more, on the same connection and under the same
 * signal, as an aggregate over hashes of its columns: that meets the same value, holds no rows, and its error is told. What does not fail a
 * second time (a random value, memory that others held) stays without a reason.
 */
async function explainFailure(
  bindings: Bindings,
  session: Session,
  source: Source,
  columnCount: number,
  rowsRead: number,
): Promise<EngineError> {
  const written = selectFrom(source, columnCount, (column) => `max(hash(${column}))`);
  try {
    const statement = await prepare(bindings, session, written);
    await session
      .run(() => bindings.execute_prepared(statement), written)
      .finally(() => bindings.destroy_prepare_sync(statement));
  } catch (error) {
    if (error instanceof EngineError) {
      return error;
    }
  }
  const rows = `${rowsRead} ${rowsRead === 1 ? 'row' : 'rows'}`;
  return new EngineError('sql_failed', `The query failed after ${rows}, and the engine does not say why`, {
    hint: 'Run it again; if it repeats, the memory limit may be too small for it',
  });
}
