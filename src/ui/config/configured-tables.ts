import { getDataSourceSrv } from '@grafana/runtime';
import { useCallback } from 'react';
import type { ConfiguredTablePayload } from '../../model/resources.ts';
import type { QuiverDataSource } from '../datasource.ts';
import { type Loaded, useLoaded } from '../use-loaded.ts';

/** What the backend has found of the tables that are saved. */
export type ConfiguredTables = Loaded<readonly ConfiguredTablePayload[]>;

/** Asks the backend for each version of the saved settings. */
export function useConfiguredTables(uid: string, version: number | undefined): ConfiguredTables {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is why it asks again, not what it asks
  return useLoaded(useCallback((signal: AbortSignal) => ask(uid, signal), [uid, version]));
}

async function ask(uid: string, signal: AbortSignal): Promise<readonly ConfiguredTablePayload[]> {
  const { resources } = (await getDataSourceSrv().get({ uid })) as QuiverDataSource;
  return await resources.configuredTables(signal);
}
