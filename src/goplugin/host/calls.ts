import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import controllerGrpc from '../../generated/goplugin/grpc_controller_grpc_pb.js';
import controllerPb from '../../generated/goplugin/grpc_controller_pb.js';
import stdioGrpc from '../../generated/goplugin/grpc_stdio_grpc_pb.js';
import stdioPb from '../../generated/goplugin/grpc_stdio_pb.js';
import healthGrpc from '../../generated/goplugin/health_grpc_pb.js';
import healthPb from '../../generated/goplugin/health_pb.js';
import type { Connection } from '../connection.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../hclog.ts';
import { healthServiceName } from '../health.ts';
import { unary } from '../unary.ts';

const { ServingStatus } = healthPb.HealthCheckResponse;

/** Whether the plugin says that it serves; rejects with gRPC's error where it gives no answer in time. */
export async function checkHealth(connection: Connection, limitMs: number): Promise<boolean> {
  const client = connection.client(healthGrpc.HealthClient);
  const request = new healthPb.HealthCheckRequest();
  request.setService(healthServiceName);
  const response = await unary<healthPb.HealthCheckResponse>((callback) =>
    client.check(request, { deadline: Date.now() + limitMs }, callback),
  );
  return response.getStatus() === ServingStatus.SERVING;
}

/** Asks the plugin to end; resolves with its answer, rejects with gRPC's error where it gives none. */
export async function requestShutdown(connection: Connection, limitMs: number): Promise<void> {
  const client = connection.client(controllerGrpc.GRPCControllerClient);
  await unary<controllerPb.Empty>((callback) =>
    client.shutdown(new controllerPb.Empty(), { deadline: Date.now() + limitMs }, callback),
  );
}

export type OutputListener = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

const { STDOUT, STDERR } = stdioPb.StdioData.Channel;
const streams: Readonly<Record<number, 'stdout' | 'stderr'>> = { [STDOUT]: 'stdout', [STDERR]: 'stderr' };

/**
 * Reads what the plugin prints, for as long as it lives: a Go plugin whose output nobody reads comes to a halt.
 * Resolves when there is no more. A plugin may lack the service (go-plugin grpc_stdio.go, newGRPCStdioClient).
 */
export function readOutput(connection: Connection, onOutput: OutputListener, logger: Logger): Promise<void> {
  const call = connection.client(stdioGrpc.GRPCStdioClient).streamStdio(new emptyPb.Empty());
  return new Promise((resolve) => {
    call.on('data', (data: stdioPb.StdioData) => {
      const stream = streams[data.getChannel()];
      if (stream === undefined) {
        logger.warn('The plugin prints on a channel that there is not', { channel: data.getChannel() });
        return;
      }
      onOutput(stream, data.getData_asU8());
    });
    call.once('end', resolve);
    // The end of the plugin ends the stream so.
    call.on('error', (error) => {
      logger.debug('The stream of what the plugin prints ended', { reason: messageOf(error) });
      resolve();
    });
  });
}
