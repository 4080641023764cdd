import { GoPluginError, messageOf } from '../errors.ts';
import type { Logger } from '../hclog.ts';
import { processExists } from '../process-exists.ts';
import type { ReattachConfig } from '../reattach-config.ts';
import type { Exit, PluginProcess } from './process-runner.ts';

/** Nothing tells a process of the end of one that it did not start. */
const pollIntervalMs = 200;

const unknownExit: Exit = { code: null, signal: null };

/**
 * A plugin's process that somebody else has started. With `test` it is never ended from here, and `kill()` only lets go
 * of it (go-plugin client.go, ReattachConfig). Throws with code `exited` where there is no such process.
 */
export function attachProcess({ processId, test }: ReattachConfig, logger: Logger): PluginProcess {
  if (!processExists(processId)) {
    throw new GoPluginError('exited', `there is no process ${processId} any more`);
  }
  const { promise: exited, resolve } = Promise.withResolvers<Exit>();
  let isHeld = true;
  const letGo = () => {
    isHeld = false;
    clearInterval(timer);
    resolve(unknownExit);
  };
  const timer = setInterval(() => {
    if (!processExists(processId)) {
      letGo();
    }
  }, pollIntervalMs);
  const kill = () => {
    // Once it is gone, its id may be another's.
    if (!isHeld) {
      return;
    }
    try {
      process.kill(processId, 'SIGKILL');
    } catch (error) {
      logger.warn('The plugin cannot be killed', { processId, reason: messageOf(error) });
      letGo();
    }
  };
  return { processId, exited, kill: test ? letGo : kill, abandon: letGo };
}
