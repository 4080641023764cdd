import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { ask, type Cell, open } from './duckdb.ts';

/*
 * Filters leave chunks of any length, so that one column's pieces begin and end anywhere in bytes, words and runs of texts. Each row's
 * values are reckoned here from its number, never read back.
 */

let engine: Engine;
beforeAll(async () => {
  engine = await open();
});
afterAll(() => engine.close());

interface Shape {
  readonly sql: string;
  /** The cell of row i. */
  readonly cell: (i: number) => Cell;
}

const microsOf2026 = BigInt(Date.UTC(2026, 0, 1)) * 1000n;
const texts = [
  '',
  'a',
  'elf bytes..',
  'zwölf bytes',
  'thirteen byte',
  'long enough to lie elsewhere in memory',
  'x'.repeat(300),
];

const shapes: Readonly<Record<string, Shape>> = {
  TINYINT: { sql: `(i % 200 - 100)::TINYINT`, cell: (i) => (i % 200) - 100 },
  USMALLINT: { sql: `(i % 65536)::USMALLINT`, cell: (i) => i % 65536 },
  INTEGER: { sql: `(i * 1000 - 7)::INTEGER`, cell: (i) => i * 1000 - 7 },
  BIGINT: { sql: `i * 4611686018427 - 1`, cell: (i) => BigInt(i) * 4611686018427n - 1n },
  FLOAT: { sql: `(i / 8)::FLOAT`, cell: (i) => i / 8 },
  DOUBLE: { sql: `i::DOUBLE / 3`, cell: (i) => i / 3 },
  BOOLEAN: { sql: `i % 3 = 0`, cell: (i) => i % 3 === 0 },
  HUGEINT: { sql: `i::HUGEINT * 18446744073709551616`, cell: (i) => i * 2 ** 64 },
  'DECIMAL(4,1)': { sql: `((i % 1000) / 10)::DECIMAL(4,1)`, cell: (i) => (i % 1000) / 10 },
  'DECIMAL(18,3)': { sql: `(i::DECIMAL(18,3) + 0.125)::DECIMAL(18,3)`, cell: (i) => i + 0.125 },
  DATE: { sql: `DATE '1970-01-01' + i::INTEGER % 50000`, cell: (i) => BigInt(i % 50000) * 86_400_000_000_000n },
  TIMESTAMP: {
    sql: `TIMESTAMP '2026-01-01' + to_microseconds(i)`,
    cell: (i) => (microsOf2026 + BigInt(i)) * 1000n,
  },
  TIMESTAMP_S: { sql: `epoch_ms(i * 1000)::TIMESTAMP_S`, cell: (i) => BigInt(i) * 1_000_000_000n },
  TIMESTAMP_NS: { sql: `make_timestamp_ns(i * 7)`, cell: (i) => BigInt(i) * 7n },
  'ENUM of a byte': { sql: `('v' || i % 3)::ENUM('v0', 'v1', 'v2')`, cell: (i) => i % 3 },
  'ENUM of two bytes': {
    sql: `('v' || i % 300)::ENUM(${Array.from({ length: 300 }, (_, n) => `'v${n}'`).join(', ')})`,
    cell: (i) => i % 300,
  },
  'short and long VARCHAR': {
    sql: `[${texts.map((text) => `'${text}'`).join(', ')}][(i * 7919 % ${texts.length}) + 1]`,
    cell: (i) => texts[(i * 7919) % texts.length] ?? null,
  },
  'long VARCHAR': { sql: `'a text of some length, ' || i`, cell: (i) => `a text of some length, ${i}` },
  TIME: {
    sql: `TIME '00:00:00' + to_seconds(i % 60)`,
    cell: (i) => `00:00:${String(i % 60).padStart(2, '0')}`,
  },
  LIST: { sql: `[i, NULL]`, cell: (i) => `[${i},null]` },
};

/** A small generator (mulberry32), so that a seed tells everything. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const rowCount = 30_000;

test.each([1, 2, 3, 4, 5, 6])('every reader joins chunks of any length, with nulls anywhere: seed %i', async (seed) => {
  const next = random(seed);
  const modulus = 3 + next(97);
  const kept = 1 + next(modulus - 1);
  const factor = 1 + next(1000);
  const nullEvery = 2 + next(40);
  const isKept = (i: number) => (i * factor) % modulus < kept;
  const isNull = (i: number, column: number) => (i + column) % nullEvery === 0;
  const columns = Object.values(shapes);
  const list = columns.map(({ sql }, c) => `CASE WHEN (i + ${c}) % ${nullEvery} <> 0 THEN ${sql} END AS c${c}`);
  const { rows } = await ask(
    engine,
    `SELECT i::INTEGER, ${list.join(', ')} FROM range(${rowCount}) t(i) WHERE i * ${factor} % ${modulus} < ${kept}`,
  );
  const expected = Array.from({ length: rowCount }, (_, i) => i).filter(isKept);
  expect(rows.map(([i]) => i)).toEqual(expected);
  for (const [c, name] of Object.keys(shapes).entries()) {
    const cells = expected.map((i) => (isNull(i, c) ? null : (columns[c]?.cell(i) ?? null)));
    const wrong = rows.findIndex((row, at) => row[c + 1] !== cells[at]);
    expect(`${name}: ${wrong === -1 ? 'all' : `row ${wrong}: ${rows[wrong]?.[c + 1]}, not ${cells[wrong]}`}`).toBe(
      `${name}: all`,
    );
  }
});
