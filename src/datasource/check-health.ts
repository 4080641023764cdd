import type { EngineHealth } from '../engine/engine.ts';
import type { PluginContext } from '../grafana/context.ts';
import type { CheckHealthResult } from '../grafana/handlers.ts';
import { withDeadline } from './deadline.ts';
import { failureFrom } from './errors.ts';
import type { QueryDataDependencies } from './query-data.ts';
import { limitsFor, parseSettings } from './settings.ts';

/** Says in a sentence what "Save & test" found. It takes no query's slot and touches no running query. */
export async function checkHealth(
  { admin, instances, onInternalError }: Pick<QueryDataDependencies, 'admin' | 'instances' | 'onInternalError'>,
  pluginContext: PluginContext,
  caller: AbortSignal,
): Promise<CheckHealthResult> {
  const settings = pluginContext.dataSourceInstanceSettings;
  if (!settings) {
    return { status: 'ok', message: 'Quiver runs. Add a data source to see its tables' };
  }
  try {
    const { timeoutMs } = limitsFor(parseSettings(settings.jsonData).limits, admin);
    const health = await withDeadline(timeoutMs, caller, (signal) =>
      instances.use(pluginContext, ({ engine }) => engine.health(signal)),
    );
    return { status: 'ok', message: sentence(health), details: { version: health.version, tables: health.tables } };
  } catch (error) {
    const { code, text } = failureFrom(error);
    if (code === 'internal') {
      onInternalError(error);
    }
    return { status: 'error', message: text, details: { code } };
  }
}

const namedTables = 5;

function sentence({ version, tables }: EngineHealth): string {
  if (tables.length === 0) {
    return `${version} answers. There are no tables yet: name a database or files in the settings`;
  }
  const names = tables.slice(0, namedTables).join(', ');
  const others = tables.length > namedTables ? ` and ${tables.length - namedTables} more` : '';
  return `${version} answers. ${tables.length === 1 ? 'One table' : `${tables.length} tables`}: ${names}${others}`;
}
