/**
 * A plugin that greets, for any go-plugin host. Together with this one: node examples/greeter/host.ts node examples/greeter/plugin.ts
 */
import { serve } from 'quiver-sql-datasource/goplugin';
import { GreeterService, type IGreeterServer } from '../generated/hello_grpc_pb.js';
import messages from '../generated/hello_pb.js';

const greeter: IGreeterServer = {
  sayHello(call, callback) {
    const reply = new messages.HelloReply();
    reply.setMessage(`Hello ${call.request.getName()}`);
    callback(null, reply);
  },
};

await serve({
  handshake: { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' },
  versionedPlugins: { 1: () => [{ definition: GreeterService, implementation: greeter }] },
  explanation: ['This is a plugin that greets; a host starts it.', 'Try: node host.ts node plugin.ts'],
});
