import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import descriptor from '../generated/goplugin/grpc_controller_descriptor.js';
import controllerGrpc from '../generated/goplugin/grpc_controller_grpc_pb.js';
import pb from '../generated/goplugin/grpc_controller_pb.js';
import type { PluginService } from './service.ts';

/**
 * The service by which a host ends its plugin. It answers first: the host counts its two seconds from the answer on,
 * and kills at once a plugin that gave none (go-plugin client.go, Kill).
 */
export function controllerService(onShutdown: () => void): PluginService {
  return {
    definition: controllerGrpc.GRPCControllerService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      shutdown(_call: ServerUnaryCall<pb.Empty, pb.Empty>, callback: sendUnaryData<pb.Empty>): void {
        callback(null, new pb.Empty());
        onShutdown();
      },
    },
  };
}
