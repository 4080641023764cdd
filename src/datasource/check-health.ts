import type { EngineHealth } from '../engine/engine.ts';
import type { PluginContext } from '../grafana/context.ts';
import type { CheckHealthResult } from '../grafana/handlers.ts';
import { dataSourceKey } from '../grafana/instances.ts';
import type { Outcome } from '../grafana/metrics.ts';
import { withDeadline } from './deadline.ts';
import type { Dependencies } from './dependencies.ts';
import { DatasourceError, failureFrom } from './errors.ts';
import { limitsFor } from './limits.ts';
import type { RunningQueries } from './running.ts';
import { parseSettings } from './settings.ts';

type HealthDependencies = Pick<Dependencies, 'admin' | 'instances' | 'running' | 'metrics' | 'report'>;

/** Says in a sentence what "Save & test" found. It takes no query's slot and touches no running query. */
export async function checkHealth(
  dependencies: HealthDependencies,
  pluginContext: PluginContext,
  caller: AbortSignal,
): Promise<CheckHealthResult> {
  const started = performance.now();
  const observe = (outcome: Outcome) =>
    dependencies.metrics.observe('checkHealth', outcome, (performance.now() - started) / 1000);
  try {
    throwIfStuck(dependencies.running, pluginContext);
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

/** A data source hears of its own statements, and who asks for the plugin itself of all. */
function throwIfStuck(running: RunningQueries, context: PluginContext): void {
  const settings = context.dataSourceInstanceSettings;
  const stuck = running.stuck(settings && dataSourceKey(context, settings));
  const [oldest] = stuck;
  if (oldest) {
    const seconds = Math.round(running.secondsOf(oldest));
    const others = stuck.length > 1 ? `, and ${stuck.length - 1} more` : '';
    throw new DatasourceError(
      'engine_stuck',
      `A statement that nothing can stop has been running for ${seconds} s: ${oldest.hash}${others}`,
      { hint: "Wait for its end, or restart the plugin; Grafana's log names the data source" },
    );
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
