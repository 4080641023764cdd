import type { FieldConfig, FrameMeta, Labels } from './metadata.ts';

// Grafana's SDK keeps these as JSON text inside Arrow's key-value metadata (grafana-plugin-sdk-go data/arrow.go). Our types have its key names and
// value forms already (a severity is its word, a type's version is [major, minor]), so nothing is renamed here.

/** A frame's meta as JSON; undefined if there is nothing to say. What `custom` holds must be JSON: a bigint in it throws. */
export function formatMeta(meta: FrameMeta | undefined): string | undefined {
  return formatObject(meta);
}

/** A field's config as JSON, the texts of an enum in it, where Grafana looks for them; undefined if there is nothing to say. */
export function formatConfig(config: FieldConfig | undefined, texts?: readonly string[]): string | undefined {
  return formatObject(texts === undefined ? config : { ...config, type: { enum: { text: texts } } });
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

/** Reads a frame's meta. Keys that we do not write are kept as they came. Throws SyntaxError or TypeError. */
export function parseMeta(text: string): FrameMeta {
  return checked<FrameMeta>(parseObject(text), metaChecks);
}

/** Reads a field's config. Keys that we do not write are kept as they came. Throws SyntaxError or TypeError. */
export function parseConfig(text: string): FieldConfig {
  return checked<FieldConfig>(parseObject(text), configChecks);
}

/** The texts of an enum in its field's config; none where it has no texts. Throws SyntaxError, or TypeError where they are no texts. */
export function parseTexts(config: string): readonly string[] {
  const { type } = parseObject(config) as { type?: { enum?: { text?: unknown } | null } | null };
  const texts = type?.enum?.text ?? [];
  if (!Array.isArray(texts) || !texts.every(isString)) {
    throw new TypeError(`Expected the texts of an enum, got ${JSON.stringify(texts)?.slice(0, 40)}`);
  }
  return texts;
}

/** Reads labels. Throws SyntaxError, or TypeError at a value that is not text. */
export function parseLabels(text: string): Labels {
  const labels = parseObject(text);
  return checked<Labels>(labels, Object.fromEntries(Object.keys(labels).map((key) => [key, isString])));
}

type Check = (value: unknown) => boolean;
type Checks<T> = Readonly<Record<keyof T, Check>>;

const isString: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';

const metaChecks: Checks<FrameMeta> = {
  type: isString,
  typeVersion: (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber),
  notices: (value) =>
    Array.isArray(value) && value.every((notice) => isString(notice?.severity) && isString(notice.text)),
  executedQueryString: isString,
  stats: (value) => Array.isArray(value) && value.every((stat) => isString(stat?.displayName) && isNumber(stat.value)),
  preferredVisualisationType: isString,
  custom: (value) => typeof value === 'object',
};

const configChecks: Checks<FieldConfig> = {
  displayName: isString,
  displayNameFromDS: isString,
  description: isString,
  unit: isString,
  interval: isNumber,
};

function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`Expected a JSON object, got ${text.slice(0, 40)}`);
  }
  return value as Record<string, unknown>;
}

function checked<T>(value: Record<string, unknown>, checks: Readonly<Record<string, Check>>): T {
  for (const [key, check] of Object.entries(checks)) {
    if (value[key] !== undefined && !check(value[key])) {
      throw new TypeError(`The key "${key}" has an unexpected value: ${JSON.stringify(value[key])?.slice(0, 40)}`);
    }
  }
  return value as T;
}
