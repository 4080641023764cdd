import type { Logger } from '../grafana/index.ts';
import type { RunningQueries, RunningQuery } from './running.ts';

const firstAfterSeconds = 5;

interface Noted {
  readonly nextSeconds: number;
  readonly isStuck: boolean;
}

/** Writes how far long queries are: after 5 s, 10 s, 20 s and so on; when nothing stops one; and when one that was written of has ended. */
export class SlowQueries {
  readonly #running: RunningQueries;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  readonly #noted = new Map<RunningQuery, Noted>();

  constructor(running: RunningQueries, logger: Pick<Logger, 'info' | 'warn'>) {
    this.#running = running;
    this.#logger = logger;
  }

  /** Call it now and then, also once after the last query has ended. */
  look(): void {
    this.#noteEnded();
    const stuck = new Set(this.#running.stuck());
    for (const query of this.#running.all) {
      this.#note(query, stuck.has(query));
    }
  }

  #noteEnded(): void {
    for (const query of this.#noted.keys()) {
      if (!this.#running.all.has(query)) {
        this.#noted.delete(query);
        this.#logger.info('A slow query has ended', this.#fieldsOf(query));
      }
    }
  }

  #note(query: RunningQuery, isStuck: boolean): void {
    const seconds = this.#running.secondsOf(query);
    const before = this.#noted.get(query) ?? { nextSeconds: firstAfterSeconds, isStuck: false };
    if (isStuck && !before.isStuck) {
      this.#logger.warn('A statement was told to end, and nothing stops it', this.#fieldsOf(query));
    } else if (seconds >= before.nextSeconds) {
      this.#logger.info('A query takes long', this.#fieldsOf(query));
    } else {
      return;
    }
    this.#noted.set(query, { nextSeconds: nextAfter(seconds), isStuck });
  }

  #fieldsOf(query: RunningQuery): Readonly<Record<string, unknown>> {
    const progress = query.probe?.progress();
    return {
      statement: query.hash,
      dataSource: query.sourceUid,
      seconds: Math.round(this.#running.secondsOf(query)),
      ...(progress && { percent: Math.round(progress.fraction * 100), rows: progress.rows }),
    };
  }
}

function nextAfter(seconds: number): number {
  return firstAfterSeconds * 2 ** (Math.floor(Math.log2(Math.max(seconds, firstAfterSeconds) / firstAfterSeconds)) + 1);
}
