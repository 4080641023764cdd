import type { ClientUnaryCall, requestCallback } from '@grpc/grpc-js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import controllerGrpc from '../../generated/goplugin/grpc_controller_grpc_pb.js';
import controllerPb from '../../generated/goplugin/grpc_controller_pb.js';
import stdioGrpc from '../../generated/goplugin/grpc_stdio_grpc_pb.js';
import stdioPb from '../../generated/goplugin/grpc_stdio_pb.js';
import healthGrpc from '../../generated/goplugin/health_grpc_pb.js';
import healthPb from '../../generated/goplugin/health_pb.js';
import { healthServiceName } from '../health.ts';
import type { Connection } from '../connection.ts';

const { ServingStatus } = healthPb.HealthCheckResponse;

/** Whether the plugin says that it serves; rejects where it gives no answer in time. */
export async function checkHealth(channel: Connection, limitMs: number): Promise<boolean> {
  const client = channel.client(healthGrpc.HealthClient);
  const request = new healthPb.HealthCheckRequest();
  request.setService(healthServiceName);
  const response = await unary<healthPb.HealthCheckResponse>((callback) =>
    client.check(request, { deadline: Date.now() + limitMs }, callback),
  );
  return response.getStatus() === ServingStatus.SERVING;
}

/** Asks the plugin to end; resolves with its answer. */
export async function requestShutdown(channel: Connection, limitMs: number): Promise<void> {
  const client = channel.client(controllerGrpc.GRPCControllerClient);
  await unary<controllerPb.Empty>((callback) =>
    client.shutdown(new controllerPb.Empty(), { deadline: Date.now() + limitMs }, callback),
  );
}

export type OutputListener = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

/** Reads what the plugin prints, for as long as it lives: a Go plugin whose output nobody reads comes to a halt. */
export function readOutput(channel: Connection, onOutput: OutputListener): void {
  const call = channel.client(stdioGrpc.GRPCStdioClient).streamStdio(new emptyPb.Empty());
  call.on('data', (data: stdioPb.StdioData) => {
    onOutput(data.getChannel() === stdioPb.StdioData.Channel.STDERR ? 'stderr' : 'stdout', data.getData_asU8());
  });
  // The end of the plugin ends the stream with an error, and a plugin may lack the service (go-plugin grpc_stdio.go).
  call.on('error', () => undefined);
}

function unary<Response>(start: (callback: requestCallback<Response>) => ClientUnaryCall): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => (response === undefined ? reject(error) : resolve(response)));
  });
}
