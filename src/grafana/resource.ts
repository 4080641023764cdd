import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import descriptor from '../generated/grafana/backend_descriptor.js';
import services from '../generated/grafana/backend_grpc_pb.js';
import type pb from '../generated/grafana/backend_pb.js';
import type { PluginService } from '../goplugin/index.ts';
import { callResourceRequestFrom } from './from-proto.ts';
import type { CallResourceHandler } from './handlers.ts';
import { signalOf } from './signal.ts';
import { failureOf, type ReportFailure } from './status.ts';
import { callResourceResponseTo } from './to-proto.ts';

/** `pluginv2.Resource`. */
export function resourceService(handler: CallResourceHandler, report: ReportFailure): PluginService {
  return {
    definition: services.ResourceService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      callResource: (call: ServerWritableStream<pb.CallResourceRequest, pb.CallResourceResponse>) =>
        stream(call, handler, report),
    },
  };
}

async function stream(
  call: ServerWritableStream<pb.CallResourceRequest, pb.CallResourceResponse>,
  handler: CallResourceHandler,
  report: ReportFailure,
): Promise<void> {
  const { signal, release } = signalOf(call);
  try {
    for await (const piece of handler.callResource(callResourceRequestFrom(call.request), signal)) {
      if (!call.write(callResourceResponseTo(piece))) {
        await once(call, 'drain', { signal });
      }
    }
    call.end();
  } catch (error) {
    call.emit('error', failureOf(error, report));
  } finally {
    release();
  }
}
