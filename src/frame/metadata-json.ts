import type { FieldConfig, FrameMeta, Labels } from './metadata.ts';

// Grafana's SDK keeps these as JSON text inside Arrow's key-value metadata (grafana-plugin-sdk-go data/arrow.go). Our types have its key names and
// value forms already (a severity is its word, a type's version is [major, minor]), so nothing is renamed here.

/** A frame's meta as JSON; undefined if there is nothing to say. What `custom` holds must be JSON: a bigint in it throws. */
export function formatMeta(meta: FrameMeta | undefined): string | undefined {
  return formatObject(meta);
}

/** A field's config as JSON; undefined if there is nothing to say. */
export function formatConfig(config: FieldConfig | undefined): string | undefined {
  return formatObject(config);
}

/** Labels as JSON with sorted keys, so that equal labels are equal texts; undefined if there are none. */
export function formatLabels(labels: Labels | undefined): string | undefined {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return formatObject(Object.fromEntries(entries));
}

function formatObject(value: object | undefined): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined || text === '{}' ? undefined : text;
}
