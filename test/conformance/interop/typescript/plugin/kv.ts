import { status } from '@grpc/grpc-js';
import type { PluginService } from 'quiver-sql-datasource/goplugin';
import { fileDescriptorSet } from '../../../../../examples/generated/kv_descriptor.js';
import { type IKVServer, KVService } from '../../../../../examples/generated/kv_grpc_pb.js';
import pb from '../../../../../examples/generated/kv_pb.js';

/** go-plugin's KV, in memory. */
export function kvService(): PluginService {
  const values = new Map<string, Uint8Array>();
  const implementation: IKVServer = {
    get({ request }, callback) {
      const value = values.get(request.getKey());
      if (value === undefined) {
        callback({ code: status.NOT_FOUND, details: `No such key: ${request.getKey()}` });
        return;
      }
      const response = new pb.GetResponse();
      response.setValue(value);
      callback(null, response);
    },

    put({ request }, callback) {
      values.set(request.getKey(), request.getValue_asU8());
      callback(null, new pb.Empty());
    },
  };
  return { definition: KVService, implementation, fileDescriptorSet };
}
