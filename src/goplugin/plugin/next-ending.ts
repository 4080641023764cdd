import type { Logger } from '../hclog.ts';
import { processExists } from '../process-exists.ts';
import type { Ending } from './end.ts';
import { onTermination } from './process.ts';
import { watchHost } from './watch-host.ts';

const hostWatchIntervalMs = 250;

export interface EndingSources {
  /** The parent when the process started. */
  readonly hostId: number;
  readonly logger: Logger;
  /** Resolves when the host asks for the end. */
  readonly shutdown: Promise<void>;
  /** Resolves when the host cannot be reached any more, where that shows. */
  readonly hostLost?: Promise<void>;
}

/** Resolves with the first reason to end that a plugin with a host gets. */
export function nextEnding({ hostId, logger, shutdown, hostLost }: EndingSources): Promise<Ending> {
  return new Promise((resolve) => {
    const { platform } = process;
    const parentId = () => process.ppid;
    watchHost({ hostId, parentId, exists: processExists, platform, intervalMs: hostWatchIntervalMs }, () =>
      resolve('host gone'),
    );
    onTermination(logger, () => resolve('signal'));
    void shutdown.then(() => resolve('shutdown'));
    void hostLost?.then(() => resolve('host gone'));
  });
}

/** Resolves at a signal: without a host nobody else ends the process, and Ctrl-C is meant for it. */
export function nextSignal(): Promise<Ending> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve('signal'));
    }
  });
}
