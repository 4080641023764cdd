import { setImmediate } from 'node:timers/promises';
import type { Steps } from './steps.ts';

/** Milliseconds for which nothing else happens in the process. */
const maxHoldMs = 10;

/** Settles when whoever asked last has its turn of the event loop. */
let turns: Promise<unknown> = Promise.resolve();

/**
 * Goes through the steps, and gives way to everything else that waits for the event loop: several at once have a turn each, one behind the
 * other.
 *
 * @param throwIfStopped called after each turn of the others; what it throws ends the work, and lets the steps give back what they hold
 */
export async function inTurns<T>(
  steps: Steps<T>,
  throwIfStopped: () => void,
  now: () => number = () => performance.now(),
): Promise<T> {
  try {
    for (;;) {
      const until = now() + maxHoldMs;
      do {
        const { done, value } = steps.next();
        if (done) {
          return value;
        }
      } while (now() < until);
      turns = turns.then(() => setImmediate());
      await turns;
      throwIfStopped();
    }
  } finally {
    steps.return(undefined as T);
  }
}
