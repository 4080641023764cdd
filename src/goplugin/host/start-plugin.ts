import path from 'node:path';
import { type Env, formatHostWishes } from '../env.ts';
import { GoPluginError, messageOf } from '../errors.ts';
import { type Handshake, type HandshakeConfig, parseHandshake } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import { checkHealth, type OutputListener, readOutput } from './calls.ts';
import { type Connection, openConnection } from '../connection.ts';
import { createClient, type PluginClient } from './client.ts';
import { type Exit, type RunningProcess, runProcess } from './process-runner.ts';
import { removeSocket } from './remove-socket.ts';
import { StderrLog } from './stderr-log.ts';

export interface StartOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** What the plugin sees besides the protocol's own variables; this process's environment unless given. */
  readonly env?: Env;
  readonly handshake: HandshakeConfig;
  /** The versions of the application's protocol that this host speaks. */
  readonly versions: readonly number[];
  /** Gets the plugin's log, under the name of its file. */
  readonly logger?: Logger;
  /** Gets what the plugin prints after its handshake. */
  readonly onOutput?: OutputListener;
  /** From the start to the first answer; 60 seconds unless told, as in go-plugin. */
  readonly startTimeoutMs?: number;
  /** Gives up while the plugin starts. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a plugin, shakes hands, connects, and checks its health. Rejects with a {@link GoPluginError}; whatever goes
 * wrong, no process is left behind, nor when this process ends.
 */
export async function startPlugin(options: StartOptions): Promise<PluginClient> {
  const { command, args = [], env = process.env, handshake, versions, signal } = options;
  const { startTimeoutMs = 60_000, onOutput = () => undefined } = options;
  throwIfAborted(signal);
  const logger = options.logger?.named(path.basename(command));
  const stderr = new StderrLog(logger);
  const runner = await runProcess({
    command,
    args,
    env: { ...env, ...formatHostWishes(handshake, versions) },
    onStderrLine: (line) => stderr.add(line),
  });
  const failure = watchForFailure(runner, stderr, startTimeoutMs, signal);
  let answer: Handshake | undefined;
  let channel: Connection | undefined;
  try {
    answer = await Promise.race([readHandshake(runner), failure.promise]);
    checkAnswer(answer, versions);
    channel = openConnection(answer);
    readOutput(channel, onOutput);
    await Promise.race([firstHealthCheck(channel, startTimeoutMs), failure.promise]);
    return createClient({ runner, answer, channel, logger });
  } catch (error) {
    channel?.close();
    runner.kill();
    await runner.exited;
    if (answer !== undefined) {
      removeSocket(answer, logger);
    }
    throw error;
  } finally {
    failure.stop();
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new GoPluginError('aborted', 'Cannot start the plugin: the caller gave up', { cause: signal.reason });
  }
}

/** A promise that only ever rejects: when the process ends, the time is over, or the caller gives up. */
function watchForFailure(
  runner: RunningProcess,
  stderr: StderrLog,
  limitMs: number,
  signal: AbortSignal | undefined,
): { promise: Promise<never>; stop(): void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const timer = setTimeout(() => {
    reject(new GoPluginError('timeout', `The plugin was not ready after ${limitMs} ms${stderr.describe()}`));
  }, limitMs);
  const onAbort = () => {
    reject(new GoPluginError('aborted', 'Cannot start the plugin: the caller gave up', { cause: signal?.reason }));
  };
  signal?.addEventListener('abort', onAbort);
  void runner.exited.then((exit) => {
    reject(
      new GoPluginError('exited', `The plugin ended ${describeExit(exit)} before it was ready${stderr.describe()}`),
    );
  });
  return {
    promise,
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

function describeExit({ code, signal }: Exit): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}

async function readHandshake(runner: RunningProcess): Promise<Handshake> {
  const line = await runner.firstLine;
  // A process whose stdout is closed is about to end, and its exit code says more.
  return line === undefined ? new Promise<never>(() => undefined) : parseHandshake(line);
}

function checkAnswer(answer: Handshake, versions: readonly number[]): void {
  if (!versions.includes(answer.protocolVersion)) {
    throw new GoPluginError(
      'version',
      `Cannot speak to the plugin: it serves protocol version ${answer.protocolVersion}, this host ${versions.join(', ')}`,
    );
  }
  if (answer.serverCert !== undefined) {
    throw new GoPluginError('unsupported', 'Cannot speak to the plugin: it wants TLS, for which this host did not ask');
  }
}

async function firstHealthCheck(channel: Connection, limitMs: number): Promise<void> {
  let serving: boolean;
  try {
    serving = await checkHealth(channel, limitMs);
  } catch (cause) {
    throw new GoPluginError('unhealthy', `The plugin does not answer its health check: ${messageOf(cause)}`, { cause });
  }
  if (!serving) {
    throw new GoPluginError('unhealthy', 'The plugin answers its health check, but says that it does not serve');
  }
}
