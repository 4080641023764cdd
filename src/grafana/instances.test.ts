import { describe, expect, test, vi } from 'vitest';
import type { DataSourceInstanceSettings, PluginContext } from './context.ts';
import { InstanceManager } from './instances.ts';

describe('InstanceManager', () => {
  test('makes one instance for one version of the settings, however many ask at once', async () => {
    const { manager, made } = harness();
    await Promise.all([manager.use(context(), work), manager.use(context(), work), manager.use(context(), work)]);
    expect(made).toHaveLength(1);
  });

  test('keeps data sources apart by id, uid, organisation and namespace', async () => {
    const { manager, made } = harness();
    const contexts = [
      context(),
      context({ id: 2 }),
      context({ uid: 'b' }),
      context({}, { namespace: 'n' }),
      context({}, { orgId: 2 }),
    ];
    for (const one of contexts) {
      await manager.use(one, work);
    }
    expect(made).toHaveLength(5);
  });

  test('replaces the instance when the settings change, and closes the old one after its last use', async () => {
    const { manager, made } = harness();
    const running = deferred();
    const old = manager.use(context(), () => running.promise);
    await manager.use(context({ updatedMs: 2 }), work);
    expect(made.map(({ closed }) => closed)).toEqual([0, 0]);
    expect(manager.size).toBe(2);
    running.resolve();
    await old;
    await vi.waitFor(() => expect(made.map(({ closed }) => closed)).toEqual([1, 0]));
    await vi.waitFor(() => expect(manager.size).toBe(1));
  });

  test('replaces the instance when secrets change without a new time', async () => {
    const { manager, made } = harness();
    await manager.use(context(), work);
    await manager.use(context({ decryptedSecureJsonData: new Map([['token', 'new']]) }), work);
    expect(made.map(({ closed }) => closed)).toEqual([1, 0]);
  });

  test.each([
    ['json', { jsonData: Buffer.from('{"a":1}') }],
    ['the name', { name: 'other' }],
    ['a secret that is gone', { decryptedSecureJsonData: new Map() }],
    ['a secret of another name', { decryptedSecureJsonData: new Map([['other', 'old']]) }],
    ['the time alone', { updatedMs: 2 }],
  ])('replaces the instance when something changes: %s', async (_, change) => {
    const { manager, made } = harness();
    const before = { updatedMs: 1, decryptedSecureJsonData: new Map([['token', 'old']]) };
    await manager.use(context(before), work);
    await manager.use(context({ ...before, decryptedSecureJsonData: new Map([['token', 'old']]) }), work);
    expect(made).toHaveLength(1);
    await manager.use(context({ ...before, ...change }), work);
    expect(made).toHaveLength(2);
  });

  test('serves a request with older settings by the newer instance', async () => {
    const { manager, made } = harness();
    await manager.use(context({ updatedMs: 2 }), work);
    const settings = await manager.use(context({ updatedMs: 1 }), async (instance) => instance.settings);
    expect(settings.updatedMs).toBe(2);
    expect(made).toHaveLength(1);
  });

  test('tries again after an instance could not be made', async () => {
    let attempts = 0;
    const manager = new InstanceManager(async () => {
      attempts += 1;
      if (attempts === 1) {
        throw new Error('no such file');
      }
      return { close: async () => {} };
    });
    await expect(manager.use(context(), work)).rejects.toThrow('no such file');
    await expect(manager.use(context(), work)).resolves.toBeUndefined();
    expect(manager.size).toBe(1);
  });

  test('closes an instance that nobody used for the idle time, and not before', async () => {
    vi.useFakeTimers();
    try {
      const { manager, made } = harness(1000);
      await manager.use(context(), work);
      await vi.advanceTimersByTimeAsync(900);
      await manager.use(context(), work);
      await vi.advanceTimersByTimeAsync(900);
      expect(made.map(({ closed }) => closed)).toEqual([0]);
      await vi.advanceTimersByTimeAsync(200);
      expect(made.map(({ closed }) => closed)).toEqual([1]);
      expect(manager.size).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('close() ends what is idle at once, and resolves when what runs has ended too', async () => {
    const { manager, made } = harness();
    const running = deferred();
    await manager.use(context({ id: 1 }), work);
    const busy = manager.use(context({ id: 2 }), () => running.promise);
    const closed = manager.close();
    await vi.waitFor(() => expect(made.map(({ closed }) => closed)).toEqual([1, 0]));
    expect(manager.isBusy).toBe(true);
    running.resolve();
    await Promise.all([busy, closed]);
    expect(made.map(({ closed }) => closed)).toEqual([1, 1]);
    expect([manager.isBusy, manager.size]).toEqual([false, 0]);
  });

  test('reports what close() throws', async () => {
    const errors: unknown[] = [];
    const failing = { close: () => Promise.reject(new Error('busy')) };
    const manager = new InstanceManager(async () => failing, { onCloseError: (error) => errors.push(error) });
    await manager.use(context(), work);
    await manager.close();
    expect(errors).toEqual([new Error('busy')]);
  });

  test('refuses a request that names no data source', async () => {
    const { manager } = harness();
    const { dataSourceInstanceSettings: _, ...without } = context();
    await expect(manager.use(without, work)).rejects.toThrow('the request names no data source');
  });
});

interface Made {
  readonly settings: DataSourceInstanceSettings;
  closed: number;
  close(): Promise<void>;
}

function harness(idleMs = 60_000) {
  const made: Made[] = [];
  const create = async (settings: DataSourceInstanceSettings) => {
    const instance: Made = {
      settings,
      closed: 0,
      close: async () => {
        instance.closed += 1;
      },
    };
    made.push(instance);
    return instance;
  };
  return { made, manager: new InstanceManager(create, { idleMs }) };
}

async function work(): Promise<void> {}

function deferred() {
  return Promise.withResolvers<void>();
}

function context(settings: Partial<DataSourceInstanceSettings> = {}, rest: Partial<PluginContext> = {}): PluginContext {
  return {
    orgId: 1,
    pluginId: 'quiver-sql-datasource',
    pluginVersion: '',
    apiVersion: '',
    namespace: '',
    userAgent: '',
    grafanaConfig: new Map(),
    ...rest,
    dataSourceInstanceSettings: {
      id: 1,
      uid: 'a',
      name: 'A',
      url: '',
      user: '',
      database: '',
      basicAuthEnabled: false,
      basicAuthUser: '',
      jsonData: Buffer.from('{}'),
      decryptedSecureJsonData: new Map(),
      updatedMs: 1,
      apiVersion: '',
      ...settings,
    },
  };
}
