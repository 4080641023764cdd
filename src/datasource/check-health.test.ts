import { describe, expect, test } from 'vitest';
import { type Engine, EngineError } from '../engine/engine.ts';
import { InstanceManager } from '../grafana/instances.ts';
import { createMetrics } from '../grafana/metrics.ts';
import { checkHealth } from './check-health.ts';
import { adminSettingsFrom } from './environment.ts';
import { RunningQueries } from './running.ts';

const never = new AbortController().signal;

describe('checkHealth()', () => {
  test.each([
    [[], 'DuckDB v1 answers. There are no tables yet: name a database or files in the settings'],
    [['a'], 'DuckDB v1 answers. One table: a'],
    [['a', 'b'], 'DuckDB v1 answers. 2 tables: a, b'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'DuckDB v1 answers. 7 tables: a, b, c, d, e and 2 more'],
  ])('names the tables %j in a sentence', async (tables, message) => {
    const result = await check(async () => ({ version: 'DuckDB v1', tables }));
    expect(result).toEqual({ status: 'ok', message, details: { version: 'DuckDB v1', tables } });
  });

  test('says what is wrong, and what to do', async () => {
    const result = await check(async () => {
      throw new EngineError('file_missing', 'Cannot read the table t: /data/t.csv is not there', {
        hint: 'Put it there',
      });
    });
    expect(result).toEqual({
      status: 'error',
      message: 'Cannot read the table t: /data/t.csv is not there. Put it there',
      details: { code: 'file_missing' },
    });
  });

  test('is bad while a statement of the data source runs that nothing stops, and of the plugin while any does', async () => {
    let now = 0;
    const running = new RunningQueries(() => now);
    const identity = { source: 'other', sourceUid: 'b', sql: 'SELECT 1', signal: AbortSignal.abort(), stop: () => {} };
    const stick = (source: string) => void running.run({ ...identity, source }, () => new Promise(() => {}));
    stick('other');
    now = 75_000;
    const engine = async () => ({ version: 'v', tables: [] });
    const ask = (settings: string | null) => check(engine, settings, undefined, running);
    expect(await ask('{}')).toMatchObject({ status: 'ok' });
    expect(await ask(null)).toEqual({
      status: 'error',
      message:
        'A statement that nothing can stop has been running for 75 s: e004ebd5b553. ' +
        "Wait for its end, or restart the plugin; Grafana's log names the data source",
      details: { code: 'engine_stuck' },
    });
    stick('/1/1/a');
    now += 10_000;
    expect(await ask('{}')).toMatchObject({ message: expect.stringContaining('for 10 s: e004ebd5b553. ') });
    expect(await ask(null)).toMatchObject({ message: expect.stringContaining('for 85 s: e004ebd5b553, and 1 more. ') });
  });

  test('says which setting cannot be used', async () => {
    const result = await check(async () => ({ version: '', tables: [] }), '{"limits":{"rows":"many"}}');
    expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('limits.rows: ') });
  });

  test('keeps what nobody foresaw for the log', async () => {
    const seen: unknown[] = [];
    const failure = new TypeError('secret /path');
    const result = await check(
      () => Promise.reject(failure),
      '{}',
      (error) => seen.push(error),
    );
    expect(result).toMatchObject({ status: 'error', details: { code: 'internal' } });
    expect(result.message).not.toContain('secret');
    expect(seen).toEqual([failure]);
  });

  test('answers without a data source, as Grafana asks of the plugin itself', async () => {
    const instances = new InstanceManager(() => Promise.reject(new Error('never made')));
    const dependencies = {
      admin: adminSettingsFrom({}),
      instances,
      running: new RunningQueries(() => 0),
      metrics: createMetrics(),
      report: () => {},
    };
    expect(await checkHealth(dependencies, context(), never)).toMatchObject({ status: 'ok' });
  });
});

function check(
  health: Engine['health'],
  jsonData: string | null = '{}',
  report: (error: unknown) => void = () => {},
  running = new RunningQueries(() => 0),
) {
  const notAsked = () => Promise.reject(new Error('not asked'));
  const catalog = {} as Engine['catalog'];
  const engine: Engine = { version: '', catalog, health, query: notAsked, describe: notAsked, close: async () => {} };
  const instances = new InstanceManager(async () => ({ engine, close: () => engine.close() }));
  return checkHealth(
    { admin: adminSettingsFrom({}), instances, running, metrics: createMetrics(), report },
    context(jsonData ?? undefined),
    never,
  );
}

function context(jsonData?: string) {
  const empty = {
    name: '',
    url: '',
    user: '',
    database: '',
    basicAuthEnabled: false,
    basicAuthUser: '',
    apiVersion: '',
  };
  const settings = { ...empty, id: 1, uid: 'a', decryptedSecureJsonData: new Map(), updatedMs: 1 };
  return {
    orgId: 1,
    pluginId: '',
    pluginVersion: '',
    apiVersion: '',
    namespace: '',
    userAgent: '',
    grafanaConfig: new Map(),
    ...(jsonData !== undefined && { dataSourceInstanceSettings: { ...settings, jsonData: Buffer.from(jsonData) } }),
  };
}
