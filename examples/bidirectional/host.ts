/**
 * A host that serves its plugin a function. Adds to a number that the plugin keeps, and prints the sum:
 * node examples/bidirectional/host.ts apples 2 node examples/bidirectional/plugin.ts
 */
import { type Broker, Client, type Connection, unary } from 'quiver-sql-datasource/goplugin';
import { AddHelperService, CounterClient, type IAddHelperServer } from '../generated/counter_grpc_pb.js';
import messages from '../generated/counter_pb.js';

const addHelper: IAddHelperServer = {
  sum({ request }, callback) {
    const response = new messages.SumResponse();
    response.setR(request.getA() + request.getB());
    callback(null, response);
  },
};

/** What the plugin's Counter looks like to the rest of this host. */
class Counter {
  readonly #client: CounterClient;
  readonly #broker: Broker;

  constructor(connection: Connection, broker: Broker) {
    this.#client = connection.client(CounterClient);
    this.#broker = broker;
  }

  async put(key: string, value: number): Promise<void> {
    const id = this.#broker.nextId();
    const server = await this.#broker.acceptAndServe(id, [{ definition: AddHelperService, implementation: addHelper }]);
    const request = new messages.CounterPutRequest();
    request.setAddServer(id);
    request.setKey(key);
    request.setValue(value);
    try {
      await unary<messages.CounterEmpty>((callback) => this.#client.put(request, callback));
    } finally {
      await server.close();
    }
  }

  async get(key: string): Promise<number> {
    const request = new messages.CounterGetRequest();
    request.setKey(key);
    const response = await unary<messages.CounterGetResponse>((callback) => this.#client.get(request, callback));
    return response.getValue();
  }
}

const [key = '', number = '', command = '', ...args] = process.argv.slice(2);
const client = new Client({
  command,
  args,
  handshake: { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' },
  versionedPlugins: { 1: { counter: (connection, broker) => new Counter(connection, broker) } },
});
await client.start();
try {
  const counter = client.dispense('counter');
  await counter.put(key, Number(number));
  console.log(await counter.get(key));
} finally {
  await client.stop();
}
