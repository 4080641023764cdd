import type { Engine } from '../../engine/engine.ts';
import type { DataSourceInstanceSettings } from '../../grafana/context.ts';
import { dataSourceKey } from '../../grafana/instances.ts';
import type { QuiverSettings } from '../../model/settings.ts';
import { withDeadline } from '../deadline.ts';
import { DatasourceError } from '../errors.ts';
import { inSlot, type Slot } from '../in-slot.ts';
import { limitsFor } from '../limits.ts';
import { parseSettings } from '../settings.ts';
import type { ResourceCall } from './resource.ts';

/** Asks for names that an engine knows, which it tells beside its queries: it takes the time limit of a query, and no slot. */
export function askEngine<T>(
  call: ResourceCall,
  what: string,
  work: (engine: Engine, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { instances } = call.dependencies;
  return withDeadline(what, timeoutMsOf(call), call.signal, (signal) =>
    instances.use(call.pluginContext, ({ engine }) => work(engine, signal)),
  );
}

/** Asks for what an engine runs SQL for: it waits for a slot as a query does, and has a query's limits. */
export function askInSlot<T>(
  call: ResourceCall,
  what: string,
  sql: string,
  work: (slot: Slot) => Promise<T>,
): Promise<T> {
  return ask(call, what, sql, false, work);
}

/** Asks for what an engine learns of statements, tables and their files without running anything: there are slots for that beside those of queries. */
export function askToLook<T>(
  call: ResourceCall,
  what: string,
  sql: string,
  work: (slot: Slot) => Promise<T>,
): Promise<T> {
  return ask(call, what, sql, true, work);
}

function ask<T>(
  call: ResourceCall,
  what: string,
  sql: string,
  isLook: boolean,
  work: (slot: Slot) => Promise<T>,
): Promise<T> {
  const source = dataSourceKey(call.pluginContext, dataSourceOf(call));
  const job = { what, source, sql, timeoutMs: timeoutMsOf(call), isLook };
  return inSlot(call.dependencies, call.pluginContext, job, call.signal, work);
}

/** Whether a look would get its slot at once. */
export function hasLookSlot(call: ResourceCall): boolean {
  return call.dependencies.looks.hasSlotFor(dataSourceKey(call.pluginContext, dataSourceOf(call)));
}

/** @throws EngineError `settings_invalid` */
export function settingsOf(call: ResourceCall): QuiverSettings {
  return parseSettings(dataSourceOf(call).jsonData);
}

function timeoutMsOf(call: ResourceCall): number {
  return limitsFor(settingsOf(call).limits, call.dependencies.admin).timeoutMs;
}

function dataSourceOf({ pluginContext }: ResourceCall): DataSourceInstanceSettings {
  const dataSource = pluginContext.dataSourceInstanceSettings;
  if (!dataSource) {
    throw new DatasourceError('request_invalid', 'Cannot answer: the request names no data source');
  }
  return dataSource;
}
