import { EngineError } from '../engine/engine.ts';
import type { Logger } from '../grafana/index.ts';
import type { MemoryVerdict, MemoryWatch } from './memory-watch.ts';
import type { RunningQueries, RunningQuery } from './running.ts';
import { SlowQueries } from './slow-queries.ts';

const everyMs = 200;
/** Time for the last answers to leave. */
const exitDelayMs = 100;

export interface WatchdogOptions {
  readonly running: RunningQueries;
  /** Queries at once in the process. */
  readonly slots: number;
  readonly memory: MemoryWatch;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Milliseconds of a clock that is never set. */
  readonly now: () => number;
  /** Bytes of the process's resident memory. */
  readonly residentBytes: () => number;
  /** Ends the process, native calls that nothing stops included; its host starts a fresh one. */
  readonly exit: () => void;
}

/**
 * Looks after the process while queries run: writes of slow ones, stops queries where memory goes past its ceiling, and ends the process
 * where that does not help, or where statements that nothing stops hold every slot. It has no timer while nothing runs.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #slow: SlowQueries;
  #timer: NodeJS.Timeout | undefined;
  #isExiting = false;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#slow = new SlowQueries(options.running, options.logger);
  }

  /** Call it when a query starts. */
  wake(): void {
    // Many queries end before it looks once: the timer stays until it has seen that nothing runs.
    this.#timer ??= setInterval(() => this.#look(), everyMs).unref();
  }

  #look(): void {
    const { running, memory, now, residentBytes } = this.#options;
    this.#slow.look();
    const bytes = residentBytes();
    const verdict = memory.judge(now(), bytes);
    this.#obey(verdict, bytes);
    this.#exitIfNothingCanRun();
    if (running.all.size === 0 && bytes <= memory.ceilingBytes) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #obey(verdict: MemoryVerdict, bytes: number): void {
    const { running } = this.#options;
    const healthy = [...running.all].filter(({ toldToEndMs }) => toldToEndMs === undefined);
    if (verdict === 'stop-newest') {
      this.#stop(healthy.slice(-1), bytes);
    }
    if (verdict === 'stop-all' || verdict === 'exit') {
      this.#stop(healthy, bytes);
    }
    if (verdict === 'exit') {
      this.#exit('Memory stays past its ceiling: the process ends, so that a fresh one starts', { bytes });
    }
  }

  #stop(queries: readonly RunningQuery[], bytes: number): void {
    const { memory, logger, running } = this.#options;
    const reason = `the plugin has ${inMebibytes(bytes)} of memory, past its ceiling of ${inMebibytes(memory.ceilingBytes)}`;
    for (const query of queries) {
      logger.warn('A query is stopped: memory is past its ceiling', {
        statement: query.hash,
        dataSource: query.sourceUid,
        seconds: Math.round(running.secondsOf(query)),
        bytes,
        ceiling: memory.ceilingBytes,
      });
      query.stop(
        new EngineError('memory_exceeded', `The query was stopped: ${reason}`, {
          hint: 'Aggregate or filter more, or run it when less else runs',
        }),
      );
    }
  }

  #exitIfNothingCanRun(): void {
    const { running, slots } = this.#options;
    const stuck = running.stuck(undefined, false);
    if (stuck.length >= slots) {
      this.#exit('Statements that nothing stops hold every slot: the process ends, so that a fresh one starts', {});
    }
  }

  #exit(message: string, fields: Readonly<Record<string, unknown>>): void {
    if (this.#isExiting) {
      return;
    }
    this.#isExiting = true;
    const { logger, running, exit } = this.#options;
    logger.error(message, { ...fields, statements: [...running.all].map(({ hash }) => hash) });
    setTimeout(exit, exitDelayMs);
  }
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
