/** Who asks, and for which data source: what Grafana sends along with every call. */
export interface PluginContext {
  readonly orgId: number;
  readonly pluginId: string;
  readonly pluginVersion: string;
  readonly apiVersion: string;
  /** Kubernetes namespace of the stack; empty on older hosts. */
  readonly namespace: string;
  readonly userAgent: string;
  readonly grafanaConfig: ReadonlyMap<string, string>;
  /** Absent when Grafana itself asks (alert rules, health from the command line). */
  readonly user?: User;
  readonly appInstanceSettings?: AppInstanceSettings;
  /** Absent when the call is about the plugin rather than one of its data sources. */
  readonly dataSourceInstanceSettings?: DataSourceInstanceSettings;
}

/** Who is signed in. */
export interface User {
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

/** What the plugin was configured with as an app. */
export interface AppInstanceSettings {
  /** The plugin's own settings, as JSON text in UTF-8. */
  readonly jsonData: Uint8Array;
  readonly decryptedSecureJsonData: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly updatedMs: number;
  readonly apiVersion: string;
}

/** What one data source was configured with. Ids and uids are unique within an organisation of one stack. */
export interface DataSourceInstanceSettings {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly database: string;
  readonly basicAuthEnabled: boolean;
  readonly basicAuthUser: string;
  /** The plugin's own settings, as JSON text in UTF-8. */
  readonly jsonData: Uint8Array;
  readonly decryptedSecureJsonData: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly updatedMs: number;
  readonly apiVersion: string;
}
