import { z } from 'zod';
import { EngineError } from '../engine/engine.ts';
import { parseByteSize } from '../model/byte-size.ts';
import { type DuckdbSettings, type LimitSettings, type QuiverSettings, tableFormats } from '../model/settings.ts';
import {
  byteCount,
  byteSize,
  filePath,
  positiveNumber,
  type SettingRule,
  tableName,
  timezoneName,
  wholeNumber,
} from '../model/settings-rules.ts';
import { firstIssue } from './first-issue.ts';

const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);
const ruled = <T extends z.ZodType>(type: T, { isValid, expected }: SettingRule) =>
  type.refine(isValid, { error: expected });

const table = z.object({
  name: ruled(z.string(), tableName),
  path: ruled(z.string(), filePath),
  format: optional(z.enum(tableFormats)),
});

const duckdb = z.object({
  database: optional(z.string()),
  tables: optional(z.array(table)),
  directories: optional(z.array(ruled(z.string(), filePath))),
  initSql: optional(z.string()),
  memoryLimit: optional(ruled(z.string(), byteSize)),
  threads: optional(ruled(z.number(), wholeNumber)),
  timezone: optional(ruled(z.string(), timezoneName)),
});

const limits = z.object({
  rows: optional(ruled(z.number(), wholeNumber)),
  bytes: optional(ruled(z.unknown(), byteCount).transform(bytesFrom)),
  timeoutSeconds: optional(ruled(z.number(), positiveNumber)),
});

/** Of a value that its rule has let through. */
function bytesFrom(value: unknown): number | undefined {
  return typeof value === 'string' ? parseByteSize(value) : Number(value);
}

/** The shape of `jsonData`; docs/installing.md names the same keys. */
export const settingsSchema = z.object({
  engine: optional(z.literal('duckdb')),
  bigintAsText: optional(z.boolean()),
  duckdb: optional(duckdb),
  limits: optional(limits),
});

/**
 * Reads a data source's `jsonData`. Keys of other versions and of Grafana itself are ignored.
 *
 * @throws EngineError `settings_invalid` that names the key and what was expected of it
 */
export function parseSettings(jsonData: Uint8Array): QuiverSettings {
  const text = Buffer.from(jsonData.buffer, jsonData.byteOffset, jsonData.byteLength).toString();
  const known = recent.get(text);
  if (known) {
    return known;
  }
  const fresh = parseText(text);
  if (text.length <= maxRecentLength) {
    if (recent.size >= maxRecent) {
      recent.clear();
    }
    recent.set(text, fresh);
  }
  return fresh;
}

/** Every query carries its data source's settings, and they hardly ever change (30 µs each time). Failures are told anew. */
const recent = new Map<string, QuiverSettings>();
const maxRecent = 100;
/** Of one data source's settings, in UTF-16 units. */
const maxRecentLength = 16 * 1024;

function parseText(text: string): QuiverSettings {
  const parsed = settingsSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw invalid(firstIssue(parsed.error));
  }
  const { engine = 'duckdb', bigintAsText = false, duckdb, limits } = parsed.data;
  const { database, tables = [], directories = [], ...rest } = duckdb ?? {};
  return {
    engine,
    bigintAsText,
    duckdb: {
      ...defined({ database: database || undefined, ...rest }),
      tables: tables.map((table) => ({ name: table.name, path: table.path, ...defined({ format: table.format }) })),
      directories,
    } satisfies DuckdbSettings,
    limits: defined(limits ?? {}) satisfies LimitSettings,
  };
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw invalid((cause as Error).message, cause);
  }
}

function invalid(why: string, cause?: unknown): EngineError {
  return new EngineError('settings_invalid', `Cannot use the data source's settings: ${why}`, {
    hint: 'Correct them on the page of the data source, or in its provisioning file',
    cause,
  });
}

/** The same without the keys that are undefined: a key that is there has a value. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
