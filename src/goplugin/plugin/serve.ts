import os from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { hasCookie } from '../env.ts';
import { GoPluginError, messageOf } from '../errors.ts';
import type { HandshakeConfig } from '../handshake.ts';
import { createLogger, type Logger } from '../hclog.ts';
import { formatReattachConfig } from '../reattach-config.ts';
import { Stdio } from '../stdio.ts';
import { captureOutput } from './capture-output.ts';
import { end } from './end.ts';
import { nextEnding, nextSignal } from './next-ending.ts';
import { exitAfterOutput, guardProcess, printLine } from './process.ts';
import { type Serving, type ServingConfig, startServing } from './start-serving.ts';

export interface ServeConfig extends ServingConfig {
  readonly handshake: HandshakeConfig;
  /** The two lines for who starts the plugin by hand: what it is, where it goes. */
  readonly explanation: readonly [string, string];
  /** Writes to stderr under the name `plugin` unless given. */
  readonly logger?: Logger;
  /**
   * Sends what the plugin prints on stderr over the stdio stream too, as it does with stdout; the logger's lines stay on the real stderr.
   * Default: false, since hosts such as Grafana throw that stream away, and a library's warnings should arrive.
   */
  readonly syncStderr?: boolean;
  /** Awaited when running calls have ended and before the exit, for at most half a second. */
  readonly onShutdown?: () => Promise<void>;
  /**
   * Whether work runs on native threads that nothing can interrupt. `process.exit()` would wait for it without limit, and the process outlive
   * its host: it kills itself instead, and its host sees a signal where the exit code would be. Default: never.
   */
  readonly isBusy?: () => boolean;
}

let isServing = false;

/**
 * Serves a plugin and owns the process: compares the cookie, prints the handshake line, answers the host, and ends with
 * `process.exit()`: 0 when asked to end or when the host is gone; 1 when it could not start, could not end in order, or
 * was broken by an exception that nobody caught. Rejects only where the configuration itself is wrong.
 */
export async function serve(config: ServeConfig): Promise<void> {
  // First of all: a host that dies while we start must be missed later.
  const hostId = process.ppid;
  checkConfig(config);
  takeProcess();
  const isStandalone = config.standalone !== undefined;
  const logger = config.logger ?? createLogger({ name: 'plugin' });
  const stdio = new Stdio({ logger });
  if (!isStandalone) {
    captureOutput(process.stdout, stdio.stdout);
    await checkCookie(config);
    if (config.syncStderr) {
      captureOutput(process.stderr, stdio.stderr);
    }
  }
  guardProcess(logger);
  try {
    const { env, platform } = process;
    const serving = await startServing(config, { env, platform, temporaryDirectory: os.tmpdir(), logger, stdio });
    // Where nobody reads the handshake, it was gone before this process could look after it.
    let hostIsGone = true;
    process.once('exit', () => {
      serving.abandon();
      if (!isStandalone && (hostIsGone || process.ppid !== hostId)) {
        serving.removeHostRest();
      }
      if (config.isBusy?.()) {
        process.kill(process.pid, 'SIGKILL');
      }
    });
    const ending = isStandalone
      ? nextSignal()
      : nextEnding({ hostId, logger, shutdown: serving.shutdownRequested, hostLost: serving.hostLost });
    printLine(isStandalone ? reattachLine(serving) : serving.handshakeLine);
    hostIsGone = false;
    const reason = await ending;
    // A connection that breaks may tell it before the system gives this process another parent.
    hostIsGone = reason === 'host gone';
    await exitAfterOutput(await end(reason, serving, logger, config.onShutdown));
  } catch (error) {
    logger.error(messageOf(error), { code: error instanceof GoPluginError ? error.code : undefined });
    await exitAfterOutput(1);
  }
}

function checkConfig({ handshake, versionedPlugins }: ServeConfig): void {
  if (handshake.magicCookieKey === '' || handshake.magicCookieValue === '') {
    throw new GoPluginError('config', 'Cannot serve: the magic cookie has no key or no value');
  }
  for (const version of Object.keys(versionedPlugins)) {
    if (!/^\d+$/.test(version)) {
      throw new GoPluginError('config', `Cannot serve: ${JSON.stringify(version)} is no protocol version`);
    }
  }
}

// A second line on stdout would break what the host reads, and a worker's end is not the process's.
function takeProcess(): void {
  if (isServing || !isMainThread) {
    const why = isServing ? 'this process serves already' : 'a worker thread does not own the process';
    throw new GoPluginError('config', `Cannot serve: ${why}`);
  }
  isServing = true;
}

/** Explains the plugin to whoever starts it by hand, and ends the process. */
export async function checkCookie({
  handshake,
  explanation,
}: Pick<ServeConfig, 'handshake' | 'explanation'>): Promise<void> {
  if (!hasCookie(process.env, handshake)) {
    process.stderr.write(`${explanation.join('\n')}\n`);
    await exitAfterOutput(1);
  }
}

// A host that reattaches by it must not end the process: it belongs to whoever debugs it (go-plugin server.go, Test).
function reattachLine({ protocolVersion, network, address }: Serving): string {
  return formatReattachConfig({ protocolVersion, network, address, processId: process.pid, test: true });
}
