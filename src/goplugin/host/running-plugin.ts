import { type ServiceError, status } from '@grpc/grpc-js';
import { GoPluginError, messageOf } from '../errors.ts';
import type { Logger } from '../hclog.ts';
import { checkHealth, requestShutdown } from './calls.ts';
import type { Link } from './link.ts';
import type { Exit, PluginProcess } from './process-runner.ts';
import type { PluginFacts } from './state.ts';
import { within } from './within.ts';

export interface RunningPluginParts {
  readonly facts: PluginFacts;
  readonly process: PluginProcess;
  readonly link: Link;
  /** False for a plugin that somebody else ends. */
  readonly asksToEnd: boolean;
  /** Removes what the process leaves behind; called once it is gone. */
  readonly removeRest: () => void;
  /** Makes the error for an end that nobody has asked for. */
  readonly endError: (exit: Exit) => GoPluginError;
  readonly logger: Logger;
}

// A Go host waits without limit for the answer; a plugin that hangs would keep it from ending.
const answerLimitMs = 2000;
// From the answer on (go-plugin client.go, Kill).
const exitLimitMs = 2000;
// What the plugin printed last is on its way when it has answered, or is gone.
const lastOutputLimitMs = 250;

/** A plugin that has shaken hands and answers, until it is gone with all that belonged to it. */
export class RunningPlugin {
  readonly facts: PluginFacts;
  readonly link: Link;
  /** Resolves when nothing of the plugin is left on this side. */
  readonly exited: Promise<Exit>;
  readonly #parts: RunningPluginParts;

  constructor(parts: RunningPluginParts) {
    this.facts = parts.facts;
    this.link = parts.link;
    this.#parts = parts;
    this.exited = this.#whenExited();
  }

  /** Whether the plugin says that it serves; rejects with code `unhealthy` where it does not say so in time. */
  async health(limitMs: number): Promise<boolean> {
    try {
      return await checkHealth(this.link.connection, limitMs);
    } catch (cause) {
      throw new GoPluginError('unhealthy', `Cannot ask the plugin for its health: ${messageOf(cause)}`, { cause });
    }
  }

  /** Asks the plugin to end, waits two seconds from its answer on, then kills it. */
  async stop(): Promise<void> {
    const { asksToEnd, process, link, logger } = this.#parts;
    if (asksToEnd && (await this.#answersToShutdown())) {
      const exited = within(exitLimitMs, this.exited);
      await within(lastOutputLimitMs, link.outputEnded);
      link.close();
      if ((await exited) !== undefined) {
        return;
      }
      logger.warn('The plugin did not end in time and is killed', { limitMs: exitLimitMs });
    }
    process.kill();
  }

  kill(): void {
    this.#parts.process.kill();
  }

  endError(exit: Exit): GoPluginError {
    return this.#parts.endError(exit);
  }

  /**
   * A connection that breaks is an answer, too: Go's plugins close it before they have given theirs (go-plugin
   * grpc_controller.go), and what a plugin lacks the service for, its host's good-bye may do.
   */
  async #answersToShutdown(): Promise<boolean> {
    const { link, logger } = this.#parts;
    try {
      await requestShutdown(link.connection, answerLimitMs);
      return true;
    } catch (error) {
      const isLate = (error as ServiceError).code === status.DEADLINE_EXCEEDED;
      logger[isLate ? 'warn' : 'debug']('The plugin gives no answer when asked to end', { reason: messageOf(error) });
      return !isLate;
    }
  }

  async #whenExited(): Promise<Exit> {
    const { process, link, removeRest } = this.#parts;
    const exit = await process.exited;
    await within(lastOutputLimitMs, link.outputEnded);
    link.close();
    removeRest();
    return exit;
  }
}
