/** The plugin of the interop matrix that is written with this library. Its contract is in ../README.md. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Broker, createLogger, type PluginService, serve } from 'quiver-sql-datasource/goplugin';
import { handshake, versions } from './contract.ts';
import { counterService } from './plugin/counter.ts';
import { greeterService } from './plugin/greeter.ts';
import { kvService } from './plugin/kv.ts';
import { peerService } from './plugin/peer.ts';
import { streamerService } from './plugin/streamer.ts';

const { values: options } = parseArgs({
  options: { network: { type: 'string', default: 'unix' }, standalone: { type: 'boolean', default: false } },
});

if (options.network === 'tcp') {
  // The library listens on TCP where no Unix socket can be made: nothing can stand below a file.
  process.env.PLUGIN_UNIX_SOCKET_DIR = path.join(import.meta.filename, 'none');
}

const logger = createLogger({ name: 'peer', level: 'trace' });

const services = (version: number, broker: Broker): PluginService[] => [
  kvService(),
  streamerService(),
  counterService(broker),
  greeterService,
  peerService({ version, broker, logger }),
];

await serve({
  handshake,
  versionedPlugins: Object.fromEntries(
    versions.map((version) => [version, (broker: Broker) => services(version, broker)]),
  ),
  explanation: ['This is a plugin of the interop matrix; a host starts it.', 'Try: make conformance'],
  grpcOptions: { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 },
  logger,
  syncStderr: true,
  ...(options.standalone ? { standalone: {} } : {}),
});
