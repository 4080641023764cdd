import type { PluginService } from 'quiver-sql-datasource/goplugin';
import { fileDescriptorSet } from '../../../../../examples/generated/hello_descriptor.js';
import { GreeterService, type IGreeterServer } from '../../../../../examples/generated/hello_grpc_pb.js';
import pb from '../../../../../examples/generated/hello_pb.js';

const implementation: IGreeterServer = {
  sayHello({ request }, callback) {
    const reply = new pb.HelloReply();
    reply.setMessage(`Hello ${request.getName()}`);
    callback(null, reply);
  },
};

export const greeterService: PluginService = { definition: GreeterService, implementation, fileDescriptorSet };
