import type { DataSourceApi, DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type { SavedQuery } from '../model/query.ts';
import type { QuiverSettings } from '../model/settings.ts';
import type { Resources } from './resources.ts';

/** The saved query with what Grafana itself keeps in every query. */
export type QuiverQuery = DataQuery & SavedQuery;

/** What the config editor and provisioning files write; any key may be missing there. */
export type QuiverOptions = DataSourceJsonData & FrontendOptions & DeepPartial<QuiverSettings>;

/** What the frontend alone reads. */
interface FrontendOptions {
  /** The least time between points that panels ask for, such as `1m`. */
  readonly timeInterval?: string;
}

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;

/** The data source as its own editors see it, which it loads itself. */
export type WithResources = DataSourceApi<QuiverQuery, QuiverOptions> & { readonly resources: Resources };
