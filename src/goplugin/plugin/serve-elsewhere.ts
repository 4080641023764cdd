import { GoPluginError } from '../errors.ts';
import { formatHandshake, type Handshake, parseHandshake } from '../handshake.ts';
import { createLogger } from '../hclog.ts';
import { nextEnding } from './next-ending.ts';
import { exitAfterOutput, guardProcess, printLine } from './process.ts';
import { checkCookie, type ServeConfig } from './serve.ts';

/** Where the plugin serves that a host shall use instead of the process that it started. */
export interface ServeElsewhereConfig
  extends Pick<ServeConfig, 'handshake' | 'explanation'>,
    Pick<Handshake, 'protocolVersion' | 'network' | 'address'> {}

/**
 * Shakes hands for a plugin that serves standalone, in a debugger say, so that a host which only starts executables
 * uses that one: Grafana's SDK calls it a locator. Serves nothing itself, and ends at a signal or when its host is gone.
 * Rejects with code `config` where hosts could not read the address.
 */
export async function serveElsewhere(config: ServeElsewhereConfig): Promise<void> {
  const hostId = process.ppid;
  const logger = createLogger({ name: 'plugin' });
  const line = readableLine(config);
  await checkCookie(config);
  guardProcess(logger);
  const ending = nextEnding({ hostId, logger, shutdown: new Promise(() => undefined) });
  const { network, address } = parseHandshake(line);
  printLine(line);
  logger.info('Another process serves this plugin', { network, address });
  // Nothing else keeps this process: it has no socket.
  setInterval(() => undefined, 2 ** 31 - 1);
  await ending;
  await exitAfterOutput(0);
}

// The address comes from whoever debugs, and a host is told nothing but this line. Without a host it means loopback, as in listenAt().
function readableLine({ protocolVersion, network, address: given }: ServeElsewhereConfig): string {
  const address = network === 'tcp' && given.startsWith(':') ? `127.0.0.1${given}` : given;
  const line = formatHandshake({ protocolVersion, network, address });
  try {
    if (parseHandshake(line).address === address) {
      return line;
    }
  } catch {
    // Said below: hosts' words for it would be about a line that nobody has seen.
  }
  throw new GoPluginError(
    'config',
    `Cannot send hosts to ${JSON.stringify(given)}: it is no address of a ${network} socket`,
  );
}
