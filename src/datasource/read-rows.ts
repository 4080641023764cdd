import type { PluginContext } from '../grafana/context.ts';
import { withDeadline } from './deadline.ts';
import type { Dependencies } from './dependencies.ts';
import { DatasourceError } from './errors.ts';
import type { Plan } from './plan-query.ts';
import { type Ran, runPlan } from './run-plan.ts';

/** A result, and where its time went. */
export interface Read extends Ran {
  /** Milliseconds until there was a slot. */
  readonly waitedMs: number;
  /** Milliseconds in the engine, from the slot to the last row. */
  readonly engineMs: number;
}

/**
 * Runs a plan's SQL when there is a slot. Answers when the time is up or the caller has gone; the instance and the slot are held until the
 * engine's own call has returned, even so.
 */
export function readRows(
  { instances, queue, running, queryMetrics }: Dependencies,
  pluginContext: PluginContext,
  plan: Plan,
  caller: AbortSignal,
): Promise<Read> {
  const sourceUid = pluginContext.dataSourceInstanceSettings?.uid ?? '';
  const { source, limits, timezone, bigintAsText } = plan;
  const { sql } = plan.expanded;
  return withDeadline('the query', limits.timeoutMs, caller, (signal, stop) =>
    instances.use(pluginContext, ({ engine }) => {
      const asked = performance.now();
      if (!queue.hasSlotFor(source) && running.hasOnlyStuck(source)) {
        throw allStuck(running.stuck(source).length);
      }
      return queue.run(source, signal, () =>
        running.run({ source, sourceUid, sql, signal, stop }, async (query) => {
          const started = performance.now();
          queryMetrics.waited((started - asked) / 1000);
          const ran = await runPlan(engine, plan, {
            signal,
            watch: query.watch,
            ...(timezone && { timezone }),
            ...(bigintAsText && { bigintAsText }),
          });
          queryMetrics.served(ran);
          return { ...ran, waitedMs: started - asked, engineMs: performance.now() - started };
        }),
      );
    }),
  );
}

function allStuck(count: number): DatasourceError {
  const holders =
    count === 1 ? 'a statement that nothing can stop holds' : `${count} statements that nothing can stop hold`;
  return new DatasourceError('engine_stuck', `Cannot run the query: ${holders} this data source's slots`, {
    hint: "Wait for their end; Grafana's log names them",
  });
}
