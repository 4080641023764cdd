import { type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from '@grpc/grpc-js';
import descriptor from '../generated/goplugin/health_descriptor.js';
import healthGrpc from '../generated/goplugin/health_grpc_pb.js';
import pb from '../generated/goplugin/health_pb.js';
import type { OpenStreams } from './open-streams.ts';
import type { PluginService } from './service.ts';

/** The name by which hosts ask for the plugin's health (go-plugin grpc_server.go, GRPCServiceName). */
export const healthServiceName = 'plugin';

const { ServingStatus } = pb.HealthCheckResponse;

/** gRPC's health service. A process that answers is serving; it has no other state until it ends. */
export function healthService(streams: OpenStreams): PluginService {
  return {
    definition: healthGrpc.HealthService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      check(
        call: ServerUnaryCall<pb.HealthCheckRequest, pb.HealthCheckResponse>,
        callback: sendUnaryData<pb.HealthCheckResponse>,
      ): void {
        const service = call.request.getService();
        if (!isKnown(service)) {
          callback({ code: status.NOT_FOUND, details: `No service is named ${JSON.stringify(service)} here` });
          return;
        }
        callback(null, answer(ServingStatus.SERVING));
      },

      // A name that is unknown now could be registered later, so the stream stays open for it as well.
      watch(call: ServerWritableStream<pb.HealthCheckRequest, pb.HealthCheckResponse>): void {
        const known = isKnown(call.request.getService());
        call.write(answer(known ? ServingStatus.SERVING : ServingStatus.SERVICE_UNKNOWN));
        streams.add(call);
      },
    },
  };
}

function isKnown(service: string): boolean {
  return service === '' || service === healthServiceName;
}

function answer(servingStatus: 0 | 1 | 2 | 3): pb.HealthCheckResponse {
  const response = new pb.HealthCheckResponse();
  response.setStatus(servingStatus);
  return response;
}
