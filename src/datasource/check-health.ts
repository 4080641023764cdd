import type { EngineHealth } from '../engine/engine.ts';
import type { PluginContext } from '../grafana/context.ts';
import type { CheckHealthResult } from '../grafana/handlers.ts';
import type { Outcome } from '../grafana/metrics.ts';
import { withDeadline } from './deadline.ts';
import type { Dependencies } from './dependencies.ts';
import { failureFrom } from './errors.ts';
import { limitsFor, parseSettings } from './settings.ts';

/** Says in a sentence what "Save & test" found. It takes no query's slot and touches no running query. */
export async function checkHealth(
  dependencies: Pick<Dependencies, 'admin' | 'instances' | 'metrics' | 'report'>,
  pluginContext: PluginContext,
  caller: AbortSignal,
): Promise<CheckHealthResult> {
  const started = performance.now();
  const observe = (outcome: Outcome) =>
    dependencies.metrics.observe('checkHealth', outcome, (performance.now() - started) / 1000);
  try {
    const health = await askEngine(dependencies, pluginContext, caller);
    observe({ status: 200 });
    return health
      ? { status: 'ok', message: sentence(health), details: { version: health.version, tables: health.tables } }
      : { status: 'ok', message: 'Quiver runs. Add a data source to see its tables' };
  } catch (error) {
    const { code, text, status, source } = failureFrom(error, dependencies.report);
    observe({ status, source });
    return { status: 'error', message: text, details: { code } };
  }
}

/** Undefined where Grafana asks for the health of the plugin itself. */
async function askEngine(
  { admin, instances }: Pick<Dependencies, 'admin' | 'instances'>,
  pluginContext: PluginContext,
  caller: AbortSignal,
): Promise<EngineHealth | undefined> {
  const settings = pluginContext.dataSourceInstanceSettings;
  if (!settings) {
    return undefined;
  }
  const { timeoutMs } = limitsFor(parseSettings(settings.jsonData).limits, admin);
  return withDeadline('the health check', timeoutMs, caller, (signal) =>
    instances.use(pluginContext, ({ engine }) => engine.health(signal)),
  );
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
