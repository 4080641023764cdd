import { writeSync } from 'node:fs';
import { setLogger } from '@grpc/grpc-js';
import { messageOf } from '../errors.ts';
import type { Logger } from '../hclog.ts';
import { writeToStderr } from '../stderr.ts';

/**
 * Prints a line on the process's real stdout, whoever has captured the stream, and returns when the system has it.
 * Throws where the host does not read any more.
 */
export function printLine(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  try {
    while (rest.byteLength > 0) {
      rest = rest.subarray(writeSync(1, rest));
    }
  } catch (cause) {
    throw new Error(`Cannot print on stdout: ${messageOf(cause)}`, { cause });
  }
}

/** Ends the process when what it wrote to stderr is out, which on Windows takes a moment. */
export async function exitAfterOutput(code: 0 | 1): Promise<never> {
  const { promise, resolve } = Promise.withResolvers<void>();
  writeToStderr('', resolve);
  setTimeout(resolve, 200);
  await promise;
  process.exit(code);
}

/**
 * Makes one log record of whatever nobody caught. After an exception the process ends with 1, since nobody knows what
 * it left half done; hosts such as Grafana start it again. A rejected promise that nobody awaited has unwound no one
 * else's work, and does not end other people's calls.
 */
export function guardProcess(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.error('Uncaught exception', describe(error));
    void exitAfterOutput(1);
  });
  process.on('unhandledRejection', (reason) => logger.error('Unhandled rejection', describe(reason)));
  // A host that is gone does not read stderr: that is no exception, and there is nobody to tell.
  process.stderr.on('error', () => undefined);
  setLogger(grpcConsole(logger));
}

function describe(thrown: unknown): { error: unknown; stack: string | undefined } {
  return { error: thrown, stack: thrown instanceof Error ? thrown.stack : undefined };
}

// grpc-js would print plain lines on stderr.
function grpcConsole(logger: Logger): Pick<Console, 'error' | 'info' | 'debug'> {
  const grpc = logger.named('grpc');
  return {
    error: (...args: unknown[]) => grpc.error(args.map(String).join(' ')),
    info: (...args: unknown[]) => grpc.info(args.map(String).join(' ')),
    debug: (...args: unknown[]) => grpc.debug(args.map(String).join(' ')),
  };
}

/**
 * Calls back at a signal that ends the process, so that it ends in order. SIGINT is none of them: a terminal's Ctrl-C
 * reaches the plugin together with its host, and the host decides (go-plugin server.go).
 */
export function onTermination(logger: Logger, onSignal: () => void): void {
  process.on('SIGINT', () => logger.trace('SIGINT is left to the host'));
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
}
