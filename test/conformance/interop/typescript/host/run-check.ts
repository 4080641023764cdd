import { setTimeout as delay } from 'node:timers/promises';
import type { Cell } from './cell.ts';
import { checks } from './checks.ts';

const usualLimitMs = 10_000;
const limitsMs: Readonly<Record<string, number>> = { bigMessage: 30_000 };

/** For a check to say itself what it was waiting for. */
const graceMs = 500;

/** Runs a check by its name; undefined if it has passed, else why not. Whatever is left of one that took too long is killed. */
export async function runCheck(name: string, cell: Cell): Promise<string | undefined> {
  const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
  if (check === undefined) {
    return `This host knows no check ${JSON.stringify(name)}`;
  }
  if (cell.hasNotStarted) {
    return 'not run, since start failed';
  }
  const limitMs = limitsMs[name] ?? usualLimitMs;
  const signal = AbortSignal.timeout(limitMs);
  const done = new AbortController();
  const late = delay(limitMs + graceMs, `No end within ${limitMs} ms`, { signal: done.signal });
  late.catch(() => undefined);
  const passed = check(cell, signal).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const message = await Promise.race([passed, late]);
  done.abort();
  if (signal.aborted) {
    cell.killAll();
  }
  if (name === 'start') {
    cell.hasNotStarted = message !== undefined;
  }
  return message;
}
