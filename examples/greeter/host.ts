/**
 * A host that has a plugin greet, in whatever language that is written: node examples/greeter/host.ts node examples/greeter/plugin.ts
 */
import { Client } from 'quiver-sql-datasource/goplugin';
import { GreeterClient } from '../generated/hello_grpc_pb.js';
import messages from '../generated/hello_pb.js';

const [command = '', ...args] = process.argv.slice(2);
const client = new Client({
  command,
  args,
  handshake: { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' },
  versionedPlugins: { 1: { kv_grpc: (connection) => connection.client(GreeterClient) } },
});
await client.start();
try {
  console.log(await sayHello(client.dispense('kv_grpc'), 'Quiver'));
} finally {
  await client.stop();
}

function sayHello(greeter: GreeterClient, name: string): Promise<string> {
  const request = new messages.HelloRequest();
  request.setName(name);
  return new Promise((resolve, reject) => {
    greeter.sayHello(request, (error, reply) => (reply ? resolve(reply.getMessage()) : reject(error)));
  });
}
