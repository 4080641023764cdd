import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, askColumn, type Cell, open, runUnlocked, temporaryFolder } from './duckdb.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await open();
});
afterAll(() => engine.close());

/** Nanoseconds of a date, reckoned by JavaScript. */
const ns = (iso: string) => BigInt(Date.parse(iso)) * 1_000_000n;

interface Case {
  readonly sql: string;
  readonly type: string;
  readonly values: readonly Cell[];
}

const levels = `ENUM('low', '', 'very high indeed', 'höher')`;

const cases: Readonly<Record<string, Case>> = {
  BOOLEAN: { sql: `(true), (false), (NULL)`, type: 'bool', values: [true, false, null] },
  TINYINT: { sql: `((-128)::TINYINT), (127), (NULL)`, type: 'int8', values: [-128, 127, null] },
  SMALLINT: { sql: `((-32768)::SMALLINT), (32767), (NULL)`, type: 'int16', values: [-32768, 32767, null] },
  INTEGER: {
    sql: `((-2147483648)::INTEGER), (2147483647), (NULL)`,
    type: 'int32',
    values: [-2147483648, 2147483647, null],
  },
  BIGINT: {
    sql: `((-9223372036854775808)::BIGINT), (9223372036854775807), (NULL)`,
    type: 'int64',
    values: [-9223372036854775808n, 9223372036854775807n, null],
  },
  UTINYINT: { sql: `(0::UTINYINT), (255), (NULL)`, type: 'uint8', values: [0, 255, null] },
  USMALLINT: { sql: `(0::USMALLINT), (65535), (NULL)`, type: 'uint16', values: [0, 65535, null] },
  UINTEGER: { sql: `(0::UINTEGER), (4294967295), (NULL)`, type: 'uint32', values: [0, 4294967295, null] },
  UBIGINT: {
    sql: `(0::UBIGINT), (18446744073709551615), (NULL)`,
    type: 'uint64',
    values: [0n, 18446744073709551615n, null],
  },
  FLOAT: {
    sql: `('-3.4028234663852886e38'::FLOAT), (1.5), ('nan'), ('-inf'), (NULL)`,
    type: 'float32',
    values: [-3.4028234663852886e38, 1.5, Number.NaN, Number.NEGATIVE_INFINITY, null],
  },
  DOUBLE: {
    sql: `('-1.7976931348623157e308'::DOUBLE), ('5e-324'), ('nan'), ('inf'), (NULL)`,
    type: 'float64',
    values: [-Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY, null],
  },
  HUGEINT: {
    sql: `((-170141183460469231731687303715884105728)::HUGEINT), (170141183460469231731687303715884105727), (-1), (0),
          (9007199254740991), (-9007199254740993), (18446744073709551615), (-18446744073709551617), (NULL)`,
    type: 'float64',
    values: [-(2 ** 127), 2 ** 127, -1, 0, 9007199254740991, -9007199254740992, 2 ** 64, -(2 ** 64), null],
  },
  UHUGEINT: {
    sql: `(340282366920938463463374607431768211455::UHUGEINT), (0), (170141183460469231731687303715884105728), (7), (NULL)`,
    type: 'float64',
    values: [2 ** 128, 0, 2 ** 127, 7, null],
  },
  'DECIMAL(4,1)': { sql: `(-999.9::DECIMAL(4,1)), (0.1), (NULL)`, type: 'float64', values: [-999.9, 0.1, null] },
  'DECIMAL(9,4)': {
    sql: `(-99999.9999::DECIMAL(9,4)), (0.0001), (NULL)`,
    type: 'float64',
    values: [-99999.9999, 0.0001, null],
  },
  'DECIMAL(18,6)': {
    sql: `(-999999999999.999999::DECIMAL(18,6)), (0.000001), (9007199254.740993), (NULL)`,
    type: 'float64',
    // The nearest double is whole.
    values: [-1e12, 0.000001, 9007199254.740993, null],
  },
  'DECIMAL(38,10)': {
    sql: `(-9999999999999999999999999999.9999999999::DECIMAL(38,10)), (0.0000000001), (-12345.6789), (NULL)`,
    type: 'float64',
    values: [-1e28, 0.0000000001, -12345.6789, null],
  },
  'DECIMAL(38,38)': { sql: `('0.3'::DECIMAL(38,38)), ('-0.7'), (NULL)`, type: 'float64', values: [0.3, -0.7, null] },
  DATE: {
    sql: `(DATE '1970-01-01'), (DATE '1969-12-31'), (DATE '2262-04-11'), (DATE '1677-09-22'), (DATE '2026-02-28'), (NULL)`,
    type: 'timestamp',
    values: [0n, -86_400_000_000_000n, ns('2262-04-11'), ns('1677-09-22'), ns('2026-02-28'), null],
  },
  TIMESTAMP: {
    sql: `(TIMESTAMP '1969-12-31 23:59:59.999999'), (TIMESTAMP '2262-04-11 23:47:16.854775'),
          (TIMESTAMP '1677-09-21 00:12:43.145225'), (TIMESTAMP '2026-01-02 03:04:05.678901'), (NULL)`,
    type: 'timestamp',
    values: [-1000n, 9223372036854775000n, -9223372036854775000n, ns('2026-01-02T03:04:05.678Z') + 901_000n, null],
  },
  TIMESTAMP_S: {
    sql: `(TIMESTAMP_S '1969-12-31 23:59:59'), (TIMESTAMP_S '2262-04-11 23:47:16'), (NULL)`,
    type: 'timestamp',
    values: [-1_000_000_000n, 9223372036000000000n, null],
  },
  TIMESTAMP_MS: {
    sql: `(TIMESTAMP_MS '1969-12-31 23:59:59.999'), (TIMESTAMP_MS '2262-04-11 23:47:16.854'), (NULL)`,
    type: 'timestamp',
    values: [-1_000_000n, 9223372036854000000n, null],
  },
  TIMESTAMP_NS: {
    sql: `(TIMESTAMP_NS '1969-12-31 23:59:59.999999999'), (TIMESTAMP_NS '2262-04-11 23:47:16.854775806'), (NULL)`,
    type: 'timestamp',
    values: [-1n, 9223372036854775806n, null],
  },
  TIMESTAMPTZ: {
    sql: `(TIMESTAMPTZ '2026-01-02 03:04:05.678901+02'), (TIMESTAMPTZ '1970-01-01 00:00:00-01'), (NULL)`,
    type: 'timestamp',
    values: [ns('2026-01-02T01:04:05.678Z') + 901_000n, 3_600_000_000_000n, null],
  },
  VARCHAR: {
    sql: `(''), ('twelve bytes'), ('thirteen byte'), ('a' || chr(0) || 'b'), ('🦆 Zürich 水'), (NULL)`,
    type: 'utf8',
    values: ['', 'twelve bytes', 'thirteen byte', 'a\0b', '🦆 Zürich 水', null],
  },
  ENUM: {
    sql: `('low'::${levels}), (''::${levels}), ('very high indeed'::${levels}), ('höher'::${levels}), (NULL)`,
    type: 'enum',
    values: [0, 1, 2, 3, null],
  },
  UUID: {
    sql: `('00000000-0000-0000-0000-000000000000'::UUID), ('ffffffff-ffff-ffff-ffff-ffffffffffff'), (NULL)`,
    type: 'utf8',
    values: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null],
  },
  BLOB: { sql: `('\\x00\\xFFabc'::BLOB), (''), (NULL)`, type: 'utf8', values: ['\\x00\\xFFabc', '', null] },
  BIT: { sql: `('0010'::BIT), ('1'), (NULL)`, type: 'utf8', values: ['0010', '1', null] },
  TIME: {
    sql: `(TIME '00:00:00'), (TIME '23:59:59.999999'), (NULL)`,
    type: 'utf8',
    values: ['00:00:00', '23:59:59.999999', null],
  },
  TIMETZ: { sql: `(TIMETZ '01:02:03+05:30'), (NULL)`, type: 'utf8', values: ['01:02:03+05:30', null] },
  INTERVAL: {
    sql: `(INTERVAL '1 year 2 days 3 seconds'), (NULL)`,
    type: 'utf8',
    values: ['1 year 2 days 00:00:03', null],
  },
  BIGNUM: {
    sql: `('123456789012345678901234567890123456789012345'::BIGNUM), (NULL)`,
    type: 'utf8',
    values: ['123456789012345678901234567890123456789012345', null],
  },
  GEOMETRY: { sql: `('POINT (1 2)'::GEOMETRY), (NULL)`, type: 'utf8', values: ['POINT (1 2)', null] },
  JSON: {
    sql: `('{"a": [1, null]}'::JSON), ('null'), (NULL)`,
    type: 'json',
    values: ['{"a": [1, null]}', 'null', null],
  },
  LIST: { sql: `([1, NULL, 3]), ([]), (NULL)`, type: 'json', values: ['[1,null,3]', '[]', null] },
  ARRAY: { sql: `([1, 2]::INTEGER[2]), (NULL)`, type: 'json', values: ['[1,2]', null] },
  STRUCT: { sql: `({'a': 1, 'b': 'x"y'}), (NULL)`, type: 'json', values: ['{"a":1,"b":"x\\"y"}', null] },
  MAP: { sql: `(MAP {'k': 1.5}), (MAP {}), (NULL)`, type: 'json', values: ['{"k":1.5}', '{}', null] },
  UNION: {
    sql: `(union_value(num := 1)::UNION(num INTEGER, str VARCHAR)), ('x'), (NULL)`,
    type: 'json',
    values: ['{"num":1}', '{"str":"x"}', null],
  },
  'ROW without names': { sql: `(row(1, 'x')), (NULL)`, type: 'utf8', values: ['(1, x)', null] },
  'nested values that JSON lacks': {
    sql: `([{'d': 'nan'::DOUBLE, 'b': '\\xAA'::BLOB, 't': DATE 'infinity'}])`,
    type: 'json',
    values: ['[{"d":null,"b":"\\\\xAA","t":"infinity"}]'],
  },
};

describe('a value of each type arrives as its literal says', () => {
  test.each(Object.entries(cases))('%s', async (_, { sql, type, values }) => {
    const answer = await ask(engine, `SELECT v FROM (VALUES ${sql}) AS t(v)`);
    expect(answer.fields).toEqual([`v:${type}`]);
    expect(answer.rows).toEqual(values.map((value) => [value]));
  });

  test('a number beyond all doubles is infinite, and a text that speaks of one stays as it is', async () => {
    const sql = `SELECT 1e400 AS a, -1e400 AS b, '"value":Infinity' AS c`;
    expect((await ask(engine, sql)).rows).toEqual([[Infinity, -Infinity, '"value":Infinity']]);
  });

  test('JSON text is valid JSON whatever DuckDB takes for it', async () => {
    const column = await askColumn(engine, `SELECT unnest(['[1,]', '{"a":NaN,"b":-Infinity}', '"NaN, ]"'])::JSON`);
    expect(column).toEqual(['[1]', '{"a":null,"b":null}', '"NaN, ]"']);
  });

  test('every column of DuckDB’s own test_all_types() can be read, three rows each', async () => {
    const { rows } = await ask(engine, 'FROM test_all_types()');
    expect(rows).toHaveLength(3);
    expect(rows[2]?.every((cell) => cell === null)).toBe(true);
  });

  test('all of them twice, beside each other, keep their order', async () => {
    const { rows } = await ask(engine, 'SELECT a.*, b.* FROM test_all_types() a POSITIONAL JOIN test_all_types() b');
    const width = (rows[0]?.length ?? 0) / 2;
    expect(width).toBeGreaterThan(50);
    for (const row of rows) {
      expect(row.slice(0, width)).toEqual(row.slice(width));
    }
  });
});

describe('times that 64 bits of nanoseconds cannot hold', () => {
  const columns: Readonly<Record<string, string>> = {
    DATE: `DATE '9999-12-31', DATE '0001-01-01', DATE '2262-04-12', DATE '1677-09-20', DATE 'infinity', DATE '-infinity'`,
    TIMESTAMP: `TIMESTAMP '9999-12-31', TIMESTAMP '0001-01-01', TIMESTAMP '2262-04-11 23:47:16.854776', TIMESTAMP '1677-09-21 00:12:43.145223', TIMESTAMP 'infinity', TIMESTAMP '-infinity'`,
    TIMESTAMP_S: `TIMESTAMP_S '9999-12-31', TIMESTAMP_S '0001-01-01', TIMESTAMP_S '2262-04-11 23:47:17', TIMESTAMP_S '1677-09-21 00:12:42', TIMESTAMP_S 'infinity', TIMESTAMP_S '-infinity'`,
    TIMESTAMP_MS: `TIMESTAMP_MS '9999-12-31', TIMESTAMP_MS '0001-01-01', TIMESTAMP_MS '2262-04-11 23:47:16.855', TIMESTAMP_MS '1677-09-21 00:12:43.144', TIMESTAMP_MS 'infinity', TIMESTAMP_MS '-infinity'`,
    TIMESTAMPTZ: `TIMESTAMPTZ '9999-12-31', TIMESTAMPTZ '0001-01-01', TIMESTAMPTZ '2262-04-12', TIMESTAMPTZ '1677-09-20', TIMESTAMPTZ 'infinity', TIMESTAMPTZ '-infinity'`,
  };

  test.each(Object.entries(columns))('become nulls and are counted: %s', async (_, values) => {
    const { batches, rows } = await ask(engine, `SELECT unnest([${values}, NULL, '2026-01-01'])`);
    expect(rows.map(([cell]) => cell)).toEqual([null, null, null, null, null, null, null, ns('2026-01-01')]);
    expect(batches[0]?.columns[0]).toMatchObject({ nullCount: 7, losses: { time: 6 } });
  });

  test('are the infinities alone for TIMESTAMP_NS', async () => {
    const { batches, rows } = await ask(engine, `SELECT unnest([TIMESTAMP_NS 'infinity', '-infinity', '2026-01-01'])`);
    expect(rows.map(([cell]) => cell)).toEqual([null, null, ns('2026-01-01')]);
    expect(batches[0]?.columns[0]).toMatchObject({ nullCount: 2, losses: { time: 2 } });
  });
});

describe('an ENUM', () => {
  const fieldsOf = async (sql: string) => (await engine.query(sql, { signal: new AbortController().signal })).fields;
  /** An ENUM of so many values, `v0` and on. */
  const enumOf = (count: number, more = '') =>
    `ENUM(${Array.from({ length: count }, (_, i) => `'v${i}'`).join(', ')}${more})`;

  test('brings its values with it', async () => {
    const [field] = await fieldsOf(`SELECT 'ö'::ENUM('low', '', 'ö') AS v`);
    expect(field).toEqual({ name: 'v', type: 'enum', texts: ['low', '', 'ö'] });
  });

  test.each([255, 256, 257, 65_535])('of %i values is numbered', async (count) => {
    const sql = `SELECT unnest(['v0', 'v${count - 1}', NULL])::${enumOf(count)} AS v`;
    expect(await ask(engine, sql)).toMatchObject({ fields: ['v:enum'], rows: [[0], [count - 1], [null]] });
  });

  test('of more values than 16 bits number, or of very long ones, is text', async () => {
    const many = `SELECT unnest(['v0', 'v65535', NULL])::${enumOf(65_536)} AS v`;
    expect(await ask(engine, many)).toMatchObject({ fields: ['v:utf8'], rows: [['v0'], ['v65535'], [null]] });
    const long = 'é'.repeat(2049);
    const sql = `SELECT '${long}'::ENUM('a', '${long}') AS v`;
    expect(await ask(engine, sql)).toMatchObject({ fields: ['v:utf8'], rows: [[long]] });
  });
});

describe('bigintAsText', () => {
  const bigintAsText = { exceptNames: ['time'] };

  test('keeps every digit of whatever may have too many for a double', async () => {
    const { fields, rows } = await ask(
      engine,
      `SELECT 9223372036854775807 AS b, 18446744073709551615::UBIGINT AS u, 170141183460469231731687303715884105727::HUGEINT AS h,
         340282366920938463463374607431768211455::UHUGEINT AS uh, 9999999999.999999::DECIMAL(16,6) AS d,
         '-12.0000000000000000000000000000000000'::DECIMAL(38,34) AS small, NULL::BIGINT AS n, 7::BIGNUM AS big`,
      { bigintAsText },
    );
    expect(fields).toEqual(['b', 'u', 'h', 'uh', 'd', 'small', 'n', 'big'].map((name) => `${name}:utf8`));
    expect(rows).toEqual([
      [
        '9223372036854775807',
        '18446744073709551615',
        '170141183460469231731687303715884105727',
        '340282366920938463463374607431768211455',
        '9999999999.999999',
        '-12.0000000000000000000000000000000000',
        null,
        '7',
      ],
    ]);
  });

  test('lets numbers be that a double holds, and columns of the names that it is told', async () => {
    const sql = `SELECT 1::INTEGER AS i, 1.5::DOUBLE AS d, 0.1::DECIMAL(15,1) AS c, 1::BIGINT AS time, 2::BIGINT AS "TIME"`;
    const { fields } = await ask(engine, sql, { bigintAsText });
    expect(fields).toEqual(['i:int32', 'd:float64', 'c:float64', 'time:int64', 'TIME:int64']);
  });
});

describe('what a value loses on its way is counted', () => {
  test.each([
    [`([{'d': 'nan'::DOUBLE}, NULL]), ([{'d': 'inf'::DOUBLE}]), ([{'d': 1}])`, { notFinite: 2 }],
    [`('{"a": NaN}'::JSON), ('[1,]'), ('{}')`, { notFinite: 1 }],
    [`([9007199254740993]), ([1]), ([9007199254740995])`, { digits: 1 }],
    [`({'h': 0.12345678901234567890::DECIMAL(38,20)})`, { digits: 1 }],
    [`(MAP {9007199254740993: 1})`, undefined],
    [`(170141183460469231731687303715884105727::HUGEINT)`, { digits: 1 }],
    [`(9007199254740992::HUGEINT), (-9007199254740992)`, undefined],
    [`(999999999999.999999::DECIMAL(18,6))`, { digits: 1 }],
    [`(999999999.999999::DECIMAL(18,6)), (0.5)`, undefined],
    [`(0.1::DECIMAL(38,37)), (0.3)`, undefined],
  ])('%s', async (values, losses) => {
    const { batches } = await ask(engine, `SELECT v FROM (VALUES ${values}) AS t(v)`);
    expect(batches[0]?.columns[0]?.losses).toEqual(losses);
  });
});

describe('the shape of a result', () => {
  test('duplicate and empty names stay, with text and plain columns between', async () => {
    const { fields, rows } = await ask(
      engine,
      `SELECT 1 AS a, uuid() IS NOT NULL AS a, TIME '01:00:00' AS a, 4 AS "x y"`,
    );
    expect(fields).toEqual(['a:int32', 'a:bool', 'a:utf8', 'x y:int32']);
    expect(rows).toEqual([[1, true, '01:00:00', 4]]);
  });

  test('a result without rows has its fields', async () => {
    expect(await ask(engine, `SELECT 1 AS a, [1] AS b WHERE false`)).toMatchObject({
      fields: ['a:int32', 'b:json'],
      rows: [],
    });
  });

  test('comments and semicolons after the statement do no harm, wrapped or not', async () => {
    expect(await askColumn(engine, `SELECT 1; -- done`)).toEqual([1]);
    expect(await askColumn(engine, `SELECT TIME '01:00:00' -- it's; done\n ; /* ; */`)).toEqual(['01:00:00']);
  });

  test('a name ends where DuckDB ends it, and so does the statement', async () => {
    expect((await ask(engine, `SELECT TIME '00:00:00' AS é$$;`)).fields).toEqual(['é$$:utf8']);
  });

  test('ORDER BY survives the wrapping', async () => {
    const column = await askColumn(
      engine,
      `SELECT (TIME '00:00:00' + to_seconds(i)) FROM range(4000) t(i) ORDER BY i DESC`,
    );
    expect(column[0]).toBe('01:06:39');
    expect(column.at(-1)).toBe('00:00:00');
  });

  test('columns without nulls have no bitmap', async () => {
    const { batches } = await ask(engine, `SELECT i, i::VARCHAR AS s FROM range(10) t(i)`);
    expect(batches[0]?.columns.map(({ validity, nullCount }) => [validity, nullCount])).toEqual([
      [null, 0],
      [null, 0],
    ]);
  });
});

test('a VARIANT of a file arrives as text', async () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'v.parquet');
  await runUnlocked(':memory:', `COPY (VALUES ('text'::VARIANT), (NULL)) TO '${path}'`);
  const reading = await open({ tables: [{ name: 'v', path }], allowedDirectories: [folder.path] });
  expect(await ask(reading, 'FROM v')).toMatchObject({ fields: ['col0:utf8'], rows: [['text'], [null]] });
  await reading.close();
  folder.remove();
});
