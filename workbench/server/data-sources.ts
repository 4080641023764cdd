import type { DataSource } from '../../scripts/grafana-host.ts';
import { HttpError } from './http-error.ts';

/** A data source as somebody adds it, or as a provisioning file has it. */
export interface NewDataSource {
  readonly uid: string;
  readonly name: string;
  readonly jsonData: object;
  readonly secureJsonData?: Readonly<Record<string, string>>;
  /** Provisioned: its settings cannot be changed in the page. */
  readonly readOnly?: boolean;
}

interface SavedDataSource extends Required<NewDataSource> {
  readonly id: number;
  readonly version: number;
  readonly updatedMs: number;
}

/** The data sources of the page, in memory: what Grafana's database has. The first is the default. */
export class DataSources {
  readonly #byUid: Map<string, SavedDataSource>;

  constructor(sources: readonly NewDataSource[]) {
    this.#byUid = new Map(
      sources.map((source, index) => [
        source.uid,
        { secureJsonData: {}, readOnly: false, ...source, id: index + 1, version: 1, updatedMs: Date.now() },
      ]),
    );
  }

  get all(): readonly SavedDataSource[] {
    return [...this.#byUid.values()];
  }

  /** @throws HttpError 404 */
  get(uid: string): SavedDataSource {
    const source = this.#byUid.get(uid);
    if (source === undefined) {
      throw new HttpError(404, `Data source not found: ${uid}`);
    }
    return source;
  }

  /**
   * Keeps secrets that are not given, as Grafana does: the page never had them.
   *
   * @throws HttpError 403 for a provisioned one
   */
  save(uid: string, { name, jsonData, secureJsonData }: Partial<NewDataSource>): SavedDataSource {
    const before = this.get(uid);
    if (before.readOnly) {
      throw new HttpError(403, 'Cannot save the data source: it is provisioned, and its file says what it is');
    }
    const after = {
      ...before,
      name: name ?? before.name,
      jsonData: jsonData ?? before.jsonData,
      secureJsonData: { ...before.secureJsonData, ...secureJsonData },
      version: before.version + 1,
      updatedMs: Math.max(Date.now(), before.updatedMs + 1),
    };
    this.#byUid.set(uid, after);
    return after;
  }
}

/** What the plugin gets to see of it. */
export function toHostSource({ id, uid, name, jsonData, secureJsonData, updatedMs }: SavedDataSource): DataSource {
  return { id, uid, name, settings: jsonData, secrets: secureJsonData, updatedMs };
}

/** What its settings page gets to see: names of secrets, never their values. */
export function toSettings(source: SavedDataSource, type: string): object {
  const { id, uid, name, jsonData, secureJsonData, readOnly, version } = source;
  return {
    id,
    uid,
    orgId: 1,
    name,
    type,
    typeName: '',
    typeLogoUrl: '',
    access: 'proxy',
    url: '',
    user: '',
    database: '',
    basicAuth: false,
    basicAuthUser: '',
    withCredentials: false,
    isDefault: id === 1,
    jsonData,
    secureJsonFields: Object.fromEntries(Object.keys(secureJsonData).map((key) => [key, true])),
    version,
    readOnly,
  };
}
