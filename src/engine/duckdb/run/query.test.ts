import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VariableColumn } from '../../../frame/column.ts';
import { EngineError, type QueryResult } from '../../engine.ts';
import { type Bindings, type Database, loadBindings } from '../bindings.ts';
import { vectorsOf } from '../columns/chunk.ts';
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
function replacing<Name extends keyof Bindings>(theirs: Bindings, name: Name, own: Bindings[Name]): Bindings {
  const names = Object.getOwnPropertyNames(theirs) as (keyof Bindings)[];
  const bound = names.map((key) => {
    const one: unknown = theirs[key];
    return [key, typeof one === 'function' ? one.bind(theirs) : one];
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

  test("its chunks' texts too, batch by batch", async () => {
    const held = new Set<unknown>();
    const fetching = replacing(bindings, 'fetch_chunk', async (result) => {
      const chunk = await bindings.fetch_chunk(result);
      // The last one is none, or has no rows.
      if (chunk !== null && bindings.data_chunk_get_size(chunk) > 0) {
        held.add(chunk);
      }
      return chunk;
    });
    const own = replacing(fetching, 'data_chunk_reset', (chunk) => {
      held.delete(chunk);
      bindings.data_chunk_reset(chunk);
    });
    const session = await openSession(own, new AbortController().signal);
    const { batches } = await runSelect(own, session, `SELECT repeat('x', 20) FROM range(200000)`);
    const heldAfter: number[] = [];
    for await (const _ of batches) {
      heldAfter.push(held.size);
    }
    expect(heldAfter).toEqual([0, 0, 0, 0]);
  });

  test("its chunks' texts too, where it fails in the middle of a batch, and before its connection", async () => {
    const gone: string[] = [];
    let fetched = 0;
    const failing = replacing(bindings, 'fetch_chunk', async (result) => {
      fetched += 1;
      if (fetched === 4) {
        throw new Error('The fourth chunk cannot be read');
      }
      return bindings.fetch_chunk(result);
    });
    const own = replacing(failing, 'data_chunk_reset', (chunk) => {
      gone.push('texts');
      bindings.data_chunk_reset(chunk);
    });
    const connection = await own.connect(database);
    const session = new Session(own, connection, new AbortController().signal, () => {
      gone.push('connection');
      own.disconnect_sync(connection);
    });
    const { batches } = await runSelect(own, session, `SELECT repeat('x', 20) FROM range(200000)`);
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toThrow('The fourth chunk cannot be read');
    expect(gone).toEqual(['texts', 'texts', 'texts', 'connection']);
  });

  test('when it is cancelled just as its statement has started', async () => {
    const before = await connections();
    const idle = await memory();
    const controller = new AbortController();
    const cancelling = replacing(bindings, 'execute_prepared_streaming', async (statement) => {
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

  test('when it is cancelled while a batch is made of what was read, which all else has turns in', async () => {
    const before = await connections();
    const controller = new AbortController();
    let isMade = false;
    let turns = 0;
    const countTurn = () => {
      turns++;
      if (turns === 3) {
        controller.abort();
      } else {
        setImmediate(countTurn);
      }
    };
    // Of a result without text, vectors are read when all chunks of a batch are there.
    const own = replacing(bindings, 'vector_get_data', (vector, byteLength) => {
      if (!isMade) {
        isMade = true;
        setImmediate(countTurn);
      }
      return bindings.vector_get_data(vector, byteLength);
    });
    const session = await openSession(own, controller.signal);
    // No double holds these: each costs a microsecond.
    const columns = Array.from({ length: 20 }, (_, i) => `170141183460469231731687303715884105727 - ${i} - i`);
    const { batches } = await runSelect(own, session, `SELECT ${columns} FROM range(60000) r(i)`);
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(turns).toBe(3);
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

describe('a SELECT that is prepared once and run again', () => {
  /** What the engine was asked for, and the connection on which it was. */
  async function keep(sql: string, tables = '') {
    const calls: string[] = [];
    const noting = [
      'execute_prepared' as const,
      'execute_prepared_streaming' as const,
      'fetch_chunk' as const,
      'result_get_chunk' as const,
    ].reduce(
      (own, name) =>
        replacing(own, name, ((...args: never[]) => {
          calls.push(name);
          return (bindings[name] as (...args: never[]) => unknown)(...args);
        }) as never),
      bindings,
    );
    const connection = await bindings.connect(database);
    const change = (statements: string) => bindings.query(connection, statements);
    if (tables !== '') {
      await change(tables);
    }
    const session = (signal = new AbortController().signal) => new Session(noting, connection, signal, () => {});
    const prepared = await prepareSelect(noting, session(), { sql });
    const run = async (signal?: AbortSignal) => {
      calls.length = 0;
      return readAll(await runPrepared(noting, session(signal), prepared));
    };
    return { calls, change, run, prepared, session };
  }

  async function readAll({ batches }: QueryResult): Promise<readonly string[]> {
    const texts: string[] = [];
    for await (const { columns, rowCount } of batches) {
      const { offsets, bytes } = columns[0] as VariableColumn;
      for (let row = 0; row < rowCount; row++) {
        texts.push(Buffer.from(bytes.subarray(offsets[row], offsets[row + 1])).toString());
      }
    }
    return texts;
  }

  const streamed = ['execute_prepared_streaming', 'fetch_chunk', 'fetch_chunk'];

  test('streams at first, and comes in one call of the engine when it was small', async () => {
    const { calls, run } = await keep(`SELECT 'text number ' || i FROM range(2) t(i) ORDER BY i`);
    expect(await run()).toEqual(['text number 0', 'text number 1']);
    expect(calls).toEqual(streamed);
    expect(await run()).toEqual(['text number 0', 'text number 1']);
    expect(calls).toEqual(['execute_prepared', 'result_get_chunk']);
    expect(await run()).toEqual(['text number 0', 'text number 1']);
    expect(calls).toEqual(['execute_prepared', 'result_get_chunk']);
  });

  test('without a row too', async () => {
    const { calls, run } = await keep(`SELECT 'x' WHERE false`);
    await run();
    expect([await run(), calls]).toEqual([[], ['execute_prepared']]);
  });

  test.each([
    ['2,048 rows of short texts are small', `SELECT 't' || i FROM range(2048) t(i)`, 'execute_prepared'],
    ['2,049 rows are not', `SELECT 't' || i FROM range(2049) t(i)`, 'execute_prepared_streaming'],
    [
      'more than 64 KiB of text are not',
      `SELECT repeat('x', 640) || i FROM range(100) t(i)`,
      'execute_prepared_streaming',
    ],
  ])('%s', async (_, sql, call) => {
    const { calls, run } = await keep(sql);
    const first = await run();
    expect(await run()).toEqual(first);
    expect(calls[0]).toBe(call);
  });

  test('streams again when nobody read its rows to their end', async () => {
    const { calls, run, prepared, session } = await keep(`SELECT 'x'`);
    const { batches } = await runPrepared(bindings, session(), prepared);
    await batches[Symbol.asyncIterator]().return?.();
    await run();
    expect(calls).toEqual(streamed);
  });

  test('is whole should it have grown, and then streams', async () => {
    const { calls, change, run } = await keep('SELECT s FROM grown', `CREATE TEMP TABLE grown AS SELECT 'x' AS s`);
    await run();
    await change(`INSERT INTO grown SELECT 'y' FROM range(199999)`);
    expect(new Set(await run())).toEqual(new Set(['x', 'y']));
    expect(calls.slice(0, 2)).toEqual(['execute_prepared', 'result_get_chunk']);
    expect(await run()).toHaveLength(200000);
    expect(calls[0]).toBe('execute_prepared_streaming');
  });

  test('tells what failed, with its value', async () => {
    const tables = `CREATE TEMP TABLE numbers AS SELECT '7' AS s`;
    const { change, run } = await keep('SELECT s::INTEGER::VARCHAR FROM numbers', tables);
    expect(await run()).toEqual(['7']);
    await change(`UPDATE numbers SET s = 'seven'`);
    await expect(run()).rejects.toMatchObject({ message: expect.stringContaining("'seven'") });
    await change(`UPDATE numbers SET s = '8'`);
    expect(await run()).toEqual(['8']);
  });

  const wide = `CREATE TEMP TABLE wide AS SELECT repeat('x', 100) || i AS s FROM range(300000) t(i)`;

  test('tells that the memory is not enough', async () => {
    const { change, run } = await keep('SELECT max(s) FROM (SELECT s FROM wide ORDER BY hash(s)) u', wide);
    await run();
    await change(`SET temp_directory = ''; SET memory_limit = '40MB'`);
    const failed = run();
    await expect(failed)
      .rejects.toMatchObject({ code: 'memory_exceeded' })
      .finally(() => change(`SET memory_limit = '4GB'`));
  });

  test('refuses columns other than those that it was prepared with', async () => {
    const { change, run } = await keep('SELECT * FROM altered', `CREATE TEMP TABLE altered AS SELECT 'x' AS s`);
    await run();
    await change('ALTER TABLE altered ALTER s TYPE BLOB');
    await expect(run()).rejects.toMatchObject({ code: 'file_invalid' });
  });

  test('is cancelled while it is made whole', async () => {
    const { calls, change, run } = await keep(
      `SELECT max(a.i + b.i)::VARCHAR FROM slow a, slow b WHERE hash(a.i * b.i) <> 0`,
      'CREATE TEMP TABLE slow AS SELECT 1::BIGINT AS i',
    );
    expect(await run()).toEqual(['2']);
    await change('INSERT INTO slow SELECT i FROM range(2000000) t(i)');
    const controller = new AbortController();
    const running = run(controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(calls).toEqual(['execute_prepared']);
  });

  test('is cancelled before its rows are read', async () => {
    const { run, prepared, session } = await keep(`SELECT 'x'`);
    await run();
    const controller = new AbortController();
    const { batches } = await runPrepared(bindings, session(controller.signal), prepared);
    controller.abort();
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await run()).toEqual(['x']);
  });
});
