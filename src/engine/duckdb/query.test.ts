import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineError, type QueryResult } from '../engine.ts';
import { type Bindings, type Database, loadBindings } from './bindings.ts';
import { vectorsOf } from './columns/chunk.ts';
import { prepareSelect, runPrepared } from './query.ts';
import { Session } from './session.ts';

const bindings = loadBindings();
let database: Database;
beforeAll(async () => {
  const config = bindings.create_config();
  bindings.set_config(config, 'errors_as_json', 'true');
  database = await bindings.open(':memory:', config);
});
afterAll(() => bindings.close_sync(database));

async function start(sql: string, signal = new AbortController().signal): Promise<QueryResult> {
  const session = await openSession(bindings, signal);
  return runSelect(bindings, session, sql);
}

async function openSession(own: Bindings, signal: AbortSignal): Promise<Session> {
  const connection = await own.connect(database);
  return new Session(own, connection, signal, () => own.disconnect_sync(connection));
}

async function runSelect(own: Bindings, session: Session, sql: string): Promise<QueryResult> {
  const prepared = await prepareSelect(own, session, { sql });
  return runPrepared(own, session, prepared).finally(() => own.destroy_prepare_sync(prepared.statement));
}

/** A number that DuckDB tells of itself, which the gate would not let anybody ask. */
async function askItself(sql: string): Promise<number> {
  const connection = await bindings.connect(database);
  const result = await bindings.query(connection, sql);
  const chunk = await bindings.fetch_chunk(result);
  const [part] = chunk === null ? [] : vectorsOf(bindings, [chunk], 0, 8);
  bindings.disconnect_sync(connection);
  return part === undefined ? Number.NaN : Number(new BigInt64Array(part.data.buffer, part.data.byteOffset, 1)[0]);
}
const connections = () => askItself('SELECT n::BIGINT FROM duckdb_connection_count() c(n)');
const memory = () => askItself('SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()');

/** The bindings with one function of ours. */
function replacing<Name extends keyof Bindings>(name: Name, own: Bindings[Name]): Bindings {
  const names = Object.getOwnPropertyNames(bindings) as (keyof Bindings)[];
  const bound = names.map((key) => {
    const theirs: unknown = bindings[key];
    return [key, typeof theirs === 'function' ? theirs.bind(bindings) : theirs];
  });
  return { ...Object.fromEntries(bound), [name]: own };
}

describe('a result lets go of its connection and memory', () => {
  const sorted = 'SELECT i, hash(i) AS h FROM range(4000000) t(i) ORDER BY h';

  test('when its rows end', async () => {
    const before = await connections();
    const { batches } = await start('SELECT 1');
    expect(await connections()).toBe(before + 1);
    for await (const _ of batches) {
    }
    expect(await connections()).toBe(before);
  });

  test('when the loop is left early', async () => {
    const before = await connections();
    const { batches } = await start(sorted);
    let whileRunning = 0;
    for await (const _ of batches) {
      whileRunning = await memory();
      break;
    }
    expect(whileRunning).toBeGreaterThan(32e6);
    expect(await memory()).toBeLessThan(whileRunning / 4);
    expect(await connections()).toBe(before);
  });

  test('when it is cancelled and nobody has read it', async () => {
    const before = await connections();
    const controller = new AbortController();
    const { batches } = await start(sorted, controller.signal);
    controller.abort();
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await connections()).toBe(before);
  });

  test('when it is cancelled just as its statement has started', async () => {
    const before = await connections();
    const idle = await memory();
    const controller = new AbortController();
    const cancelling = replacing('execute_prepared_streaming', async (statement) => {
      const result = await bindings.execute_prepared_streaming(statement);
      controller.abort();
      return result;
    });
    const session = await openSession(cancelling, controller.signal);
    await expect(runSelect(cancelling, session, sorted)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await memory()).toBeLessThan(idle + 16e6);
    session.close();
    expect(await connections()).toBe(before);
  });

  test('when it fails midway', async () => {
    const before = await connections();
    const { batches } = await start(`SELECT if(i = 900000, error('x'), i) FROM range(1000000) t(i)`);
    await expect(
      (async () => {
        for await (const _ of batches) {
        }
      })(),
    ).rejects.toThrow(EngineError);
    expect(await connections()).toBe(before);
  });
});

test('prepareSelect() refuses what is no SELECT even if the gate had let it through', async () => {
  await expect(start('CREATE TABLE made AS SELECT 1')).rejects.toMatchObject({ code: 'sql_not_select' });
  await expect(start('SELECT * FROM made')).rejects.toMatchObject({ code: 'sql_invalid' });
});
