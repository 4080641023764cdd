/** Where a setting stands in `jsonData`. */
export type SettingPath =
  | 'engine'
  | 'bigintAsText'
  | 'timeInterval'
  | `duckdb.${'database' | 'tables' | 'directories' | 'initSql' | 'memoryLimit' | 'threads' | 'timezone'}`
  | `limits.${'rows' | 'bytes' | 'timeoutSeconds'}`;

/** The value of a setting: anything, since provisioning files are written by hand. */
export function settingAt(jsonData: object, path: SettingPath): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), jsonData);
}

/** The same with another value in one place; undefined takes the key away. Every other key stays, those of other versions too. */
export function withSetting<T extends object>(jsonData: T, path: SettingPath, value: unknown): T {
  return changed({ ...jsonData } as Record<string, unknown>, path.split('.'), value) as T;
}

function changed(record: Record<string, unknown>, keys: readonly string[], value: unknown): Record<string, unknown> {
  const [key = '', ...inner] = keys;
  const { [key]: old, ...others } = record;
  const next = inner.length === 0 ? value : changed(isRecord(old) ? old : {}, inner, value);
  return next === undefined ? others : { ...record, [key]: next };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
