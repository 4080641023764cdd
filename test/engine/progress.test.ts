import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, StatementProbe } from '../../src/engine/engine.ts';
import { open, runUnlocked, temporaryFolder } from './duckdb.ts';

const folder = temporaryFolder();
const database = join(folder.path, 'big.duckdb');
let engine: Engine;
beforeAll(async () => {
  await runUnlocked(database, 'CREATE TABLE big AS SELECT range AS i FROM range(3000000)');
  engine = await open({ database, allowedDirectories: [folder.path] });
});
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describe('a statement that is watched', () => {
  test('tells how far it is while it runs, and nothing when it has ended', { timeout: 60_000 }, async () => {
    const controller = new AbortController();
    const probe = Promise.withResolvers<StatementProbe>();
    const sql = 'SELECT max(md5(md5(i::VARCHAR))) FROM big';
    const answer = engine.query(sql, { signal: controller.signal, watch: probe.resolve });
    const { progress } = await probe.promise;
    await expect
      .poll(progress, { timeout: 30_000, interval: 20 })
      .toEqual({ fraction: expect.closeTo(0.5, 0.4999), rows: expect.closeTo(1_500_000, 1_499_999) });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(progress()).toBeUndefined();
  });
});
