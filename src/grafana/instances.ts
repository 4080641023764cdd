import type { DataSourceInstanceSettings, PluginContext } from './context.ts';
import { SourcedError } from './error-source.ts';

/** Whatever one version of one data source's settings needs to answer: an engine, its pools, its caches. */
export interface Instance {
  /** Called once, after the last use has ended. */
  close(): Promise<void>;
}

export interface InstanceOptions {
  /** An instance that nobody used for so long closes. Default: 30 minutes. */
  readonly idleMs?: number;
  /** Told of what `close()` throws, since nobody waits for it. */
  readonly onCloseError?: (error: unknown) => void;
}

/** One version of a data source's settings: the instance, who uses it, and whether it is to close when nobody does. */
interface Version<T> {
  readonly settings: DataSourceInstanceSettings;
  readonly instance: Promise<T>;
  users: number;
  retired: boolean;
  /** Settles when it has closed, or could not be made. */
  readonly closed: PromiseWithResolvers<void>;
  idleTimer?: NodeJS.Timeout;
}

/**
 * The Go SDK's instancemgmt.InstanceManager: keeps one instance for each data source, replaces it when its settings change, and closes the old one after its last
 * use. Settings older than those in use do not come back: a request that still carries them is served by the newer. An instance that could
 * not be made is forgotten, so that the next request tries again.
 */
export class InstanceManager<T extends Instance> {
  readonly #create: (settings: DataSourceInstanceSettings) => Promise<T>;
  readonly #idleMs: number;
  readonly #onCloseError: (error: unknown) => void;
  /** The newest of each data source. */
  readonly #versions = new Map<string, Version<T>>();
  /** All that are not closed yet, those that are retired and still in use among them. */
  readonly #open = new Set<Version<T>>();

  constructor(create: (settings: DataSourceInstanceSettings) => Promise<T>, options: InstanceOptions = {}) {
    this.#create = create;
    this.#idleMs = options.idleMs ?? 30 * 60_000;
    this.#onCloseError = options.onCloseError ?? (() => {});
  }

  /** Runs `use` with the context's instance, which stays open until the promise that `use` returns has settled. */
  async use<R>(context: PluginContext, use: (instance: T) => Promise<R>): Promise<R> {
    const settings = context.dataSourceInstanceSettings;
    if (!settings) {
      throw new SourcedError('Cannot answer: the request names no data source', 'plugin');
    }
    const key = dataSourceKey(context, settings);
    const version = this.#versionFor(key, settings);
    version.users += 1;
    clearTimeout(version.idleTimer);
    try {
      return await use(await version.instance);
    } finally {
      version.users -= 1;
      if (version.users === 0) {
        this.#rest(key, version);
      }
    }
  }

  /** How many instances serve, wait for their last use to end, or are closing. */
  get size(): number {
    return this.#open.size;
  }

  /** Whether anything uses an instance now. */
  get isBusy(): boolean {
    return [...this.#open].some(({ users }) => users > 0);
  }

  /** Retires every instance; resolves when all have closed, those in use after their last use. */
  async close(): Promise<void> {
    for (const [key, version] of this.#versions) {
      this.#retire(key, version);
    }
    await Promise.all([...this.#open].map(({ closed }) => closed.promise));
  }

  #versionFor(key: string, settings: DataSourceInstanceSettings): Version<T> {
    const current = this.#versions.get(key);
    if (current && (current.settings.updatedMs > settings.updatedMs || isSame(current.settings, settings))) {
      return current;
    }
    if (current) {
      this.#retire(key, current);
    }
    const version: Version<T> = {
      // Its bytes lie within the whole request.
      settings: { ...settings, jsonData: Uint8Array.from(settings.jsonData) },
      instance: this.#create(settings),
      users: 0,
      retired: false,
      closed: Promise.withResolvers(),
    };
    this.#versions.set(key, version);
    this.#open.add(version);
    version.instance.catch(() => this.#forget(key, version));
    return version;
  }

  #forget(key: string, version: Version<T>): void {
    if (this.#versions.get(key) === version) {
      this.#versions.delete(key);
    }
    version.retired = true;
  }

  #retire(key: string, version: Version<T>): void {
    this.#forget(key, version);
    if (version.users === 0) {
      this.#closeNow(version);
    }
  }

  #rest(key: string, version: Version<T>): void {
    if (version.retired) {
      this.#closeNow(version);
    } else {
      version.idleTimer = setTimeout(() => this.#retire(key, version), this.#idleMs).unref();
    }
  }

  #closeNow(version: Version<T>): void {
    clearTimeout(version.idleTimer);
    version.instance
      // An instance that was never made has nothing to close, and its failure went to whoever asked for it.
      .then(
        (instance) => instance.close(),
        () => {},
      )
      .catch(this.#onCloseError)
      .finally(() => {
        this.#open.delete(version);
        version.closed.resolve();
      });
  }
}

/** What tells data sources apart: ids and uids are unique within one organisation of one stack. */
export function dataSourceKey({ namespace, orgId }: PluginContext, { id, uid }: DataSourceInstanceSettings): string {
  return `${namespace}/${orgId}/${id}/${uid}`;
}

/**
 * Tells settings apart that were changed without a new time, as provisioning does. Each request asks: to compare them all takes 2 µs, a hash
 * of them 36.
 */
function isSame(a: DataSourceInstanceSettings, b: DataSourceInstanceSettings): boolean {
  const { jsonData, decryptedSecureJsonData, ...rest } = a;
  return (
    Buffer.compare(jsonData, b.jsonData) === 0 &&
    (Object.keys(rest) as (keyof typeof rest)[]).every((key) => a[key] === b[key]) &&
    isSameMap(decryptedSecureJsonData, b.decryptedSecureJsonData)
  );
}

function isSameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
