import { parseByteSize } from '../model/byte-size.ts';
import type { DuckdbSettings, LimitSettings } from '../model/settings.ts';
import { type AdminSettings, maxAnswerBytes } from './environment.ts';

/** What one query of a data source may take, after defaults and the admin's ceilings. */
export interface Limits {
  readonly rows: number;
  readonly bytes: number;
  readonly timeoutMs: number;
}

const defaults = { rows: 1_000_000, bytes: 256 * 2 ** 20, timeoutSeconds: 60 } as const;

/** @param queriesInRequest share the one answer that they travel in, which the host takes up to a size */
export function limitsFor(asked: LimitSettings, admin: AdminSettings, queriesInRequest = 1): Limits {
  const shareBytes = Math.floor(maxAnswerBytes / Math.max(queriesInRequest, 1));
  return {
    rows: Math.min(asked.rows ?? defaults.rows, admin.maxRows),
    bytes: Math.min(asked.bytes ?? defaults.bytes, admin.maxBytes, shareBytes),
    timeoutMs: Math.min(asked.timeoutSeconds ?? defaults.timeoutSeconds, admin.maxSeconds) * 1000,
  };
}

/** What one data source's engine may take, after defaults and the admin's ceilings. */
export interface EngineResources {
  readonly memoryBytes: number;
  readonly threads: number;
}

const defaultMemoryLimit = '1GiB';
const defaultThreads = 2;

export function engineResourcesFor(asked: DuckdbSettings, admin: AdminSettings): EngineResources {
  return {
    memoryBytes: Math.min(parseByteSize(asked.memoryLimit ?? defaultMemoryLimit) ?? 0, admin.maxMemoryBytes),
    threads: Math.min(asked.threads ?? defaultThreads, admin.maxThreads),
  };
}
