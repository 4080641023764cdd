import type { Engine } from '../../engine/engine.ts';
import type { ConfiguredTablePayload } from '../../model/resources.ts';
import type { TableSettings } from '../../model/settings.ts';
import { failureFrom } from '../errors.ts';
import { askToLook, settingsOf } from './ask-engine.ts';
import { toColumnPayload } from './column-payload.ts';
import { toErrorPayload } from './error-payload.ts';
import type { ResourceCall } from './resource.ts';

/** `GET tables`: what was found of each table of the settings, one after another. */
export async function listConfiguredTables(call: ResourceCall): Promise<readonly ConfiguredTablePayload[]> {
  const { tables } = settingsOf(call).duckdb;
  return await askToLook(call, 'the look at the tables', '', async ({ engine, signal }) => {
    const found: ConfiguredTablePayload[] = [];
    for (const table of tables) {
      found.push(await lookAt(call, engine, table, signal));
    }
    return found;
  });
}

async function lookAt(
  { dependencies }: ResourceCall,
  { catalog }: Engine,
  { name }: TableSettings,
  signal: AbortSignal,
): Promise<ConfiguredTablePayload> {
  try {
    const { files, columns } = await catalog.configuredTable(name, signal);
    return { name, files, columns: columns.map(toColumnPayload) };
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return { name, error: toErrorPayload(failureFrom(error, dependencies.report)) };
  }
}
