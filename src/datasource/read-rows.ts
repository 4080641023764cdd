import type { PluginContext } from '../grafana/context.ts';
import type { Dependencies } from './dependencies.ts';
import { inSlot } from './in-slot.ts';
import type { Plan } from './plan-query.ts';
import { type Ran, runPlan } from './run-plan.ts';

/** A result, and where its time went. */
export interface Read extends Ran {
  /** Milliseconds until there was a slot. */
  readonly waitedMs: number;
  /** Milliseconds in the engine, from the slot to the last row. */
  readonly engineMs: number;
}

const timeoutHint = 'Narrow the time range, aggregate more, or raise the time limit in the settings of the data source';

/** Runs a plan's SQL when there is a slot. What `make` makes of the rows takes their memory, and so holds the slot and has the deadline too. */
export function readRows<T>(
  dependencies: Dependencies,
  pluginContext: PluginContext,
  plan: Plan,
  caller: AbortSignal,
  make: (read: Read, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { source, limits, timezone, bigintAsText } = plan;
  const { timeoutMs } = limits;
  const job = { what: 'the query', source, sql: plan.expanded.sql, timeoutMs, timeoutHint, isLook: false };
  return inSlot(dependencies, pluginContext, job, caller, async ({ engine, signal, watch, waitedMs }) => {
    const started = performance.now();
    const ran = await runPlan(engine, plan, {
      signal,
      watch,
      ...(timezone && { timezone }),
      ...(bigintAsText && { bigintAsText }),
    });
    dependencies.queryMetrics.served(ran);
    return make({ ...ran, waitedMs, engineMs: performance.now() - started }, signal);
  });
}
