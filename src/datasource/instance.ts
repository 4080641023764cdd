import type { Engine } from '../engine/engine.ts';
import type { DataSourceInstanceSettings } from '../grafana/context.ts';
import type { Instance } from '../grafana/instances.ts';
import type { QuiverSettings } from '../model/settings.ts';
import type { AdminSettings } from './environment.ts';
import { type EngineResources, engineResourcesFor } from './limits.ts';
import { parseSettings } from './settings.ts';

/** Opens the engine that a data source's settings ask for. main.ts knows the engines; this layer knows only the seam. */
export type OpenEngine = (
  settings: QuiverSettings,
  resources: EngineResources,
  admin: AdminSettings,
) => Promise<Engine>;

/** What one version of a data source's settings keeps open. */
export interface QuiverInstance extends Instance {
  readonly engine: Engine;
}

/** @throws EngineError if the settings cannot be read or the engine does not open */
export async function createInstance(
  { jsonData }: DataSourceInstanceSettings,
  admin: AdminSettings,
  openEngine: OpenEngine,
): Promise<QuiverInstance> {
  const settings = parseSettings(jsonData);
  const engine = await openEngine(settings, engineResourcesFor(settings.duckdb, admin), admin);
  return { engine, close: () => engine.close() };
}
