/**
 * A plugin that calls its host: it keeps numbers in files, and leaves adding them to an AddHelper that the host serves for each call.
 * Together: node examples/bidirectional/host.ts apples 2 node examples/bidirectional/plugin.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { type Broker, serve, unary } from 'quiver-sql-datasource/goplugin';
import { AddHelperClient, CounterService, type ICounterServer } from '../generated/counter_grpc_pb.js';
import messages from '../generated/counter_pb.js';

const counter = (broker: Broker): ICounterServer => ({
  put: ({ request }, callback) => put(request, broker).then((reply) => callback(null, reply), callback),
  get: ({ request }, callback) => get(request).then((reply) => callback(null, reply), callback),
});

async function put(request: messages.CounterPutRequest, broker: Broker): Promise<messages.CounterEmpty> {
  const kept = await read(request.getKey()).catch((error) => (error.code === 'ENOENT' ? 0 : Promise.reject(error)));
  const sum = await askForSum(broker, request.getAddServer(), kept, request.getValue());
  await writeFile(fileOf(request.getKey()), JSON.stringify({ Value: sum }));
  return new messages.CounterEmpty();
}

async function get(request: messages.CounterGetRequest): Promise<messages.CounterGetResponse> {
  const response = new messages.CounterGetResponse();
  response.setValue(await read(request.getKey()));
  return response;
}

/** Calls the AddHelper that the host serves under this id. */
async function askForSum(broker: Broker, id: number, a: number, b: number): Promise<number> {
  const request = new messages.SumRequest();
  request.setA(a);
  request.setB(b);
  const connection = await broker.dial(id);
  try {
    const client = connection.client(AddHelperClient);
    const response = await unary<messages.SumResponse>((callback) => client.sum(request, callback));
    return response.getR();
  } finally {
    connection.close();
  }
}

async function read(key: string): Promise<number> {
  return JSON.parse(await readFile(fileOf(key), 'utf8')).Value;
}

// In the working directory, as the plugin of go-plugin's own example has it.
const fileOf = (key: string) => `kv_${encodeURIComponent(key)}`;

await serve({
  handshake: { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' },
  versionedPlugins: { 1: (broker) => [{ definition: CounterService, implementation: counter(broker) }] },
  explanation: ['This is a plugin that counts; a host starts it.', 'Try: node host.ts apples 2 node plugin.ts'],
});
