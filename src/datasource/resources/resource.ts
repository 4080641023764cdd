import type { PluginContext } from '../../grafana/context.ts';
import type { Dependencies } from '../dependencies.ts';

/** One request for a resource. */
export interface ResourceCall {
  readonly dependencies: Dependencies;
  readonly pluginContext: PluginContext;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** Answers with what JSON can say; what it throws becomes an `ErrorPayload` with the error's status. */
export type Resource = (call: ResourceCall) => unknown;
