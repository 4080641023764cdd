import path from 'node:path';
import { type ServiceError, status } from '@grpc/grpc-js';
import { GoPluginError, messageOf } from '../errors.ts';
import { silentLogger } from '../hclog.ts';
import { PeerSockets } from '../peer-sockets.ts';
import { attach } from './attach.ts';
import { Attempt, type HostEdge } from './attempt.ts';
import { checkHealth } from './calls.ts';
import type { ClientConfig } from './config.ts';
import { portsOf } from './environment.ts';
import { reattachHints, startHints } from './hints.ts';
import { launch } from './launch.ts';
import { type Link, openLink } from './link.ts';
import type { Exit } from './process-runner.ts';
import { RunningPlugin, type RunningPluginParts } from './running-plugin.ts';
import { StartGuard } from './start-guard.ts';

/** A start that has failed. */
export interface FailedStart {
  readonly error: GoPluginError;
  readonly exit: Exit;
}

export interface StartOptions {
  readonly edge: HostEdge;
  /** Gives up, beside the signal of the configuration. */
  readonly signal: AbortSignal;
  readonly onProcess: (processId: number) => void;
  /** Called in the very moment from which on the start cannot fail any more. */
  readonly onReady: (plugin: RunningPlugin) => void;
}

/**
 * Starts a plugin or reattaches to one, connects, and checks its health. Never rejects: where the start has failed, it
 * has left nothing behind, and resolves with the error and with how the process ended, if there was one.
 */
export async function startPlugin(config: ClientConfig, options: StartOptions): Promise<RunningPlugin | FailedStart> {
  const { startTimeoutMs = 60_000, logger = silentLogger } = config;
  const guard = new StartGuard({ limitMs: startTimeoutMs, signals: [config.signal, options.signal] });
  const attempt = new Attempt({
    ...options,
    name: nameOf(config),
    hints: config.reattach === undefined ? startHints : reattachHints,
    logger: logger.named(shortNameOf(config)),
    guard,
  });
  try {
    const parts = await reach(config, attempt);
    guard.signal.throwIfAborted();
    const plugin = new RunningPlugin(parts);
    options.onReady(plugin);
    return plugin;
  } catch (thrown) {
    return await attempt.abandon(thrown);
  } finally {
    guard.stop();
  }
}

/** What errors call the plugin. */
export function nameOf(config: ClientConfig): string {
  return config.reattach === undefined ? config.command : `at ${config.reattach.address}`;
}

function shortNameOf(config: ClientConfig): string {
  return config.reattach === undefined ? path.basename(config.command) : `process-${config.reattach.processId}`;
}

async function reach(config: ClientConfig, attempt: Attempt): Promise<RunningPluginParts> {
  const { guard, edge, logger } = attempt;
  const found = config.reattach === undefined ? await launch(config, attempt) : attach(config, attempt);
  const { process, address, protocolVersion, tls } = found;
  // A plugin that somebody else has started keeps its sockets unless this host ends it.
  const sockets = config.reattach === undefined ? attempt.sockets : new PeerSockets(logger, 0);
  const opening = openLink({
    ...edge,
    multiplex: config.multiplex ?? false,
    address,
    tls,
    wishes: {
      socketDir: attempt.socketDirectory?.path,
      socketGroup: config.unixSocket?.group,
      minPort: String(portsOf(config).minPort),
      maxPort: String(portsOf(config).maxPort),
    },
    onAnnounced: (announced) => sockets.add(announced),
    onOutput: config.onOutput ?? (() => undefined),
    logger,
  });
  const link = await guard.wait('the connection to it', opening).catch((error) => {
    // Given up, it may still open.
    opening.then((late) => late.close()).catch(() => undefined);
    throw error;
  });
  attempt.link = link;
  await guard.wait('the answer to its first health check', firstHealthCheck(link, attempt));
  return {
    facts: { processId: process.processId, protocolVersion, ...address },
    process,
    link,
    asksToEnd: config.reattach?.test !== true,
    removeRest() {
      attempt.removeRest();
      if (config.reattach?.test === false) {
        sockets.add(address);
        sockets.removeAll();
      }
    },
    endError: (exit) => attempt.endError(exit),
    logger,
  };
}

/**
 * Go's hosts ask only in Ping(); here a plugin that cannot be reached shall not count as started. One without the health
 * service, or with one that does not know the name, answers as well: Go's hosts use such plugins, and so does this one.
 */
async function firstHealthCheck({ connection }: Link, { logger }: Attempt): Promise<void> {
  let isServing: boolean;
  try {
    // The guard ends the wait, and what closes the connection then ends the call.
    isServing = await checkHealth(connection, Number.POSITIVE_INFINITY);
  } catch (thrown) {
    const { code } = thrown as ServiceError;
    if (code === status.UNIMPLEMENTED || code === status.NOT_FOUND) {
      logger.debug('The plugin serves no health check', { reason: messageOf(thrown) });
      return;
    }
    if (code === status.UNAVAILABLE) {
      throw new GoPluginError('unreachable', `cannot connect to ${connection.target}: ${messageOf(thrown)}`, {
        cause: thrown,
      });
    }
    throw new GoPluginError('unhealthy', `it does not answer its health check: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
  if (!isServing) {
    throw new GoPluginError('unhealthy', 'it answers its health check, but says that it does not serve');
  }
}
