import { getDataSourceSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';
import type { ConfiguredTablePayload } from '../../model/resources.ts';
import type { QuiverDataSource } from '../datasource.ts';

/** What the backend has found of the tables that are saved. */
export type ConfiguredTables =
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly tables: readonly ConfiguredTablePayload[] }
  | { readonly state: 'failed'; readonly reason: string };

/** Asks the backend for each version of the saved settings, and whenever `round` is another number. */
export function useConfiguredTables(uid: string, version: number | undefined, round: number): ConfiguredTables {
  const [answer, setAnswer] = useState<ConfiguredTables>({ state: 'asking' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: version and round are why it asks again, not what it asks
  useEffect(() => {
    const leaving = new AbortController();
    setAnswer({ state: 'asking' });
    ask(uid, leaving.signal).then(
      (next) => !leaving.signal.aborted && setAnswer(next),
      () => {}, // nobody waits any more
    );
    return () => leaving.abort();
  }, [uid, version, round]);
  return answer;
}

async function ask(uid: string, signal: AbortSignal): Promise<ConfiguredTables> {
  try {
    const { resources } = (await getDataSourceSrv().get({ uid })) as QuiverDataSource;
    return { state: 'answered', tables: await resources.configuredTables(signal) };
  } catch (failure) {
    signal.throwIfAborted();
    return { state: 'failed', reason: sentence(failure) };
  }
}

/** "message. hint" of whatever has one. */
export function sentence(failure: unknown): string {
  const { message, hint } = failure as { readonly message?: string; readonly hint?: string };
  return hint ? `${message}. ${hint}` : (message ?? String(failure));
}
