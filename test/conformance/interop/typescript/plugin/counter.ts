import { type Broker, type PluginService, unary } from 'quiver-sql-datasource/goplugin';
import { fileDescriptorSet } from '../../../../../examples/generated/counter_descriptor.js';
import {
  AddHelperClient,
  CounterService,
  type ICounterServer,
} from '../../../../../examples/generated/counter_grpc_pb.js';
import pb from '../../../../../examples/generated/counter_pb.js';

/** The plugin's part of go-plugin's bidirectional example, in memory: its host adds. */
export function counterService(broker: Broker): PluginService {
  const values = new Map<string, number>();
  const kept = (key: string) => values.get(key) ?? 0;

  async function put(request: pb.CounterPutRequest): Promise<pb.CounterEmpty> {
    const key = request.getKey();
    values.set(key, await sum(broker, request.getAddServer(), kept(key), request.getValue()));
    return new pb.CounterEmpty();
  }

  const implementation: ICounterServer = {
    get({ request }, callback) {
      const response = new pb.CounterGetResponse();
      response.setValue(kept(request.getKey()));
      callback(null, response);
    },

    put({ request }, callback) {
      put(request).then((reply) => callback(null, reply), callback);
    },
  };
  return { definition: CounterService, implementation, fileDescriptorSet };
}

async function sum(broker: Broker, serviceId: number, a: number, b: number): Promise<number> {
  const connection = await broker.dial(serviceId);
  try {
    const request = new pb.SumRequest();
    request.setA(a);
    request.setB(b);
    const client = connection.client(AddHelperClient);
    return (await unary<pb.SumResponse>((callback) => client.sum(request, callback))).getR();
  } finally {
    connection.close();
  }
}
