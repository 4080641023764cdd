/**
 * A host that has a plugin greet, in whatever language that is written: node examples/greeter/host.ts node examples/greeter/plugin.ts
 */
import { Client, unary } from 'quiver-sql-datasource/goplugin';
import { GreeterClient } from '../generated/hello_grpc_pb.js';
import messages from '../generated/hello_pb.js';

const [command = '', ...args] = process.argv.slice(2);
const client = new Client({
  command,
  args,
  handshake: { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' },
  versionedPlugins: { 1: { greeter: (connection) => connection.client(GreeterClient) } },
});
await client.start();
try {
  console.log(await sayHello(client.dispense('greeter'), 'Quiver'));
} finally {
  await client.stop();
}

async function sayHello(greeter: GreeterClient, name: string): Promise<string> {
  const request = new messages.HelloRequest();
  request.setName(name);
  const reply = await unary<messages.HelloReply>((callback) => greeter.sayHello(request, callback));
  return reply.getMessage();
}
