import type { GoPluginError } from '../errors.ts';
import type { PluginAddress } from '../handshake.ts';
import type { Exit } from './process-runner.ts';

/** Not started yet, or on the way to a process. */
export interface LaunchingState {
  readonly kind: 'launching';
}

/** The process is there, and has not said where it listens, or not answered there. */
export interface HandshakingState {
  readonly kind: 'handshaking';
  readonly processId: number;
}

/** What is known of a plugin that can be called. */
export interface PluginFacts extends PluginAddress {
  readonly processId: number;
  /** The version that the plugin chose of those that it was offered. */
  readonly protocolVersion: number;
}

/** Can be called. */
export interface ReadyState extends PluginFacts {
  readonly kind: 'ready';
}

/** This host has asked for the end. */
export interface DrainingState extends PluginFacts {
  readonly kind: 'draining';
}

/** Gone, with all that belonged to it; the last state. */
export interface ExitedState {
  readonly kind: 'exited';
  readonly exit: Exit;
  /** Why, where this host has not asked for it: the start failed, or the plugin ended by itself. */
  readonly error?: GoPluginError;
}

/** What a client's plugin is doing, with the facts that are known by then. */
export type ClientState = LaunchingState | HandshakingState | ReadyState | DrainingState | ExitedState;

/** From each state, what may come next. */
interface Successors {
  readonly launching: HandshakingState | ExitedState;
  readonly handshaking: ReadyState | ExitedState;
  readonly ready: DrainingState | ExitedState;
  readonly draining: ExitedState;
}

/** The one place where states change; a change that is not among the successors does not compile. */
export class Lifecycle {
  readonly #onChange: (state: ClientState) => void;
  #state: ClientState = { kind: 'launching' };

  constructor(onChange: (state: ClientState) => void = () => undefined) {
    this.#onChange = onChange;
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Throws where the state is another one by now: whoever changes it has looked before. */
  move<From extends keyof Successors>(from: From, next: Successors[From]): void {
    if (this.#state.kind !== from) {
      throw new Error(`Cannot go from ${from} to ${next.kind}: the state is ${this.#state.kind}`);
    }
    this.#state = next;
    // Later, so that a listener that throws breaks nothing here.
    queueMicrotask(() => this.#onChange(next));
  }

  /** From any state but the last one; there it does nothing. */
  exit(exit: Exit, error?: GoPluginError): void {
    const { kind } = this.#state;
    if (kind !== 'exited') {
      this.move(kind, { kind: 'exited', exit, ...(error === undefined ? {} : { error }) });
    }
  }
}
