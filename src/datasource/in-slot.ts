import type { Engine, StatementProbe } from '../engine/engine.ts';
import type { PluginContext } from '../grafana/context.ts';
import { withDeadline } from './deadline.ts';
import type { Dependencies } from './dependencies.ts';
import { DatasourceError } from './errors.ts';

/** What an engine is to do. */
export interface Job {
  /** As messages call it: `the query`. */
  readonly what: string;
  /** Which data source it is for, as the queue tells them apart. */
  readonly source: string;
  readonly sql: string;
  readonly timeoutMs: number;
  /** What the person can do where it takes longer. */
  readonly timeoutHint?: string;
  /** Whether the engine is to look at names and statements and to run none: slots of their own are for that. */
  readonly isLook: boolean;
}

/** A job that has its slot. */
export interface Slot {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** For the engine to say how far it is. */
  readonly watch: (probe: StatementProbe) => void;
  /** Milliseconds until there was a slot. */
  readonly waitedMs: number;
}

/**
 * Does what an engine is to run when there is a slot. Answers when the time is up or the caller has gone; the instance and the slot are held
 * until the engine's own call has returned, even so.
 */
export function inSlot<T>(
  { instances, queue: queries, looks, running, queryMetrics }: Dependencies,
  pluginContext: PluginContext,
  { what, source, sql, timeoutMs, timeoutHint, isLook }: Job,
  caller: AbortSignal,
  work: (slot: Slot) => Promise<T>,
): Promise<T> {
  const queue = isLook ? looks : queries;
  const sourceUid = pluginContext.dataSourceInstanceSettings?.uid ?? '';
  const waitAndWork = (signal: AbortSignal, stop: (reason: Error) => void) =>
    instances.use(pluginContext, ({ engine }) => {
      const asked = performance.now();
      if (!queue.hasSlotFor(source) && running.hasOnlyStuck(source, isLook)) {
        throw allStuck(running.stuck(source, isLook).length);
      }
      return queue.run(source, signal, () =>
        running.run({ source, sourceUid, sql, isLook, signal, stop }, ({ watch }) => {
          const waitedMs = performance.now() - asked;
          queryMetrics.waited(waitedMs / 1000);
          return work({ engine, signal, watch, waitedMs });
        }),
      );
    });
  return withDeadline(what, timeoutMs, caller, waitAndWork, timeoutHint);
}

function allStuck(count: number): DatasourceError {
  const holders =
    count === 1 ? 'a statement that nothing can stop holds' : `${count} statements that nothing can stop hold`;
  return new DatasourceError('engine_stuck', `Cannot run the query: ${holders} this data source's slots`, {
    hint: "Wait for their end; Grafana's log names them",
  });
}
