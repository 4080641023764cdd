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
    const isMidway = () => {
      const { fraction, rows } = progress() ?? { fraction: 0, rows: 0 };
      return fraction > 0 && fraction < 1 && rows > 0 && rows < 3_000_000;
    };
    await expect.poll(isMidway, { timeout: 30_000, interval: 20 }).toBe(true);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(progress()).toBeUndefined();
  });
});
