import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@grpc/grpc-js';
import { messageOf } from '../errors.ts';
import type { Handshake, PluginAddress } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import { checkHealth, requestShutdown } from './calls.ts';
import type { ClientConstructor, Connection } from '../connection.ts';
import type { Exit, RunningProcess } from './process-runner.ts';
import { removeSocket } from './remove-socket.ts';

export type PluginState =
  | { readonly kind: 'running' }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'exited'; readonly exit: Exit };

/** A plugin that has shaken hands and answers. */
export interface PluginClient extends PluginAddress {
  readonly protocolVersion: number;
  readonly processId: number;
  /** The address as grpc-js names it. */
  readonly target: string;
  readonly state: PluginState;
  /** Resolves when the process is gone, whoever ended it. */
  readonly exited: Promise<Exit>;
  /** A client of one of the plugin's services; all share one connection. */
  client<T extends Client>(Constructor: ClientConstructor<T>): T;
  /** Whether the plugin says that it serves; rejects where it does not answer within `limitMs`, 5 s unless told. */
  health(limitMs?: number): Promise<boolean>;
  /** Asks the plugin to end, waits two seconds from its answer on, then kills. May be called again. */
  stop(): Promise<Exit>;
}

export interface ClientParts {
  readonly runner: RunningProcess;
  readonly answer: Handshake;
  readonly channel: Connection;
  readonly logger: Logger | undefined;
}

// A Go host waits without limit for the answer; a plugin that hangs would keep it from ending.
const answerLimitMs = 2000;
// go-plugin client.go, Kill.
const exitLimitMs = 2000;

export function createClient({ runner, answer, channel, logger }: ClientParts): PluginClient {
  let state: PluginState = { kind: 'running' };
  const exited = runner.exited.then((exit) => {
    state = { kind: 'exited', exit };
    channel.close();
    removeSocket(answer, logger);
    return exit;
  });
  let stopped: Promise<Exit> | undefined;

  async function stop(): Promise<Exit> {
    if (state.kind === 'running') {
      state = { kind: 'stopping' };
      await askToEnd();
    }
    runner.kill();
    return exited;
  }

  async function askToEnd(): Promise<void> {
    try {
      await requestShutdown(channel, answerLimitMs);
    } catch (error) {
      logger?.warn('The plugin gives no answer when asked to end', { reason: messageOf(error) });
      return;
    }
    channel.close();
    const limit = new AbortController();
    const isLate = await Promise.race([exited.then(() => false), delay(exitLimitMs, true, { signal: limit.signal })]);
    limit.abort();
    if (isLate) {
      logger?.warn('The plugin did not end in time and is killed', { limitMs: exitLimitMs });
    }
  }

  return {
    network: answer.network,
    address: answer.address,
    protocolVersion: answer.protocolVersion,
    processId: runner.processId,
    target: channel.target,
    get state() {
      return state;
    },
    exited,
    client: (Constructor) => channel.client(Constructor),
    health: (limitMs = 5000) => checkHealth(channel, limitMs),
    stop: () => (stopped ??= stop()),
  };
}
