import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import descriptor from '../generated/grafana/backend_descriptor.js';
import services from '../generated/grafana/backend_grpc_pb.js';
import type pb from '../generated/grafana/backend_pb.js';
import type { PluginService } from '../goplugin/index.ts';
import { checkHealthRequestFrom, collectMetricsRequestFrom } from './from-proto.ts';
import type { DiagnosticsHandler } from './handlers.ts';
import { createMetrics } from './metrics.ts';
import { answer, type ReportFailure } from './status.ts';
import { checkHealthResponseTo, collectMetricsResponseTo } from './to-proto.ts';

/** `pluginv2.Diagnostics`. */
export function diagnosticsService(handler: DiagnosticsHandler, report: ReportFailure): PluginService {
  const checkHealth = async (request: pb.CheckHealthRequest, signal: AbortSignal) =>
    checkHealthResponseTo(await handler.checkHealth(checkHealthRequestFrom(request), signal));
  const textOf = handler.collectMetrics?.bind(handler) ?? createMetrics().text;
  const collectMetrics = async (request: pb.CollectMetricsRequest) =>
    collectMetricsResponseTo(await textOf(collectMetricsRequestFrom(request)));
  return {
    definition: services.DiagnosticsService,
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      checkHealth: (
        call: ServerUnaryCall<pb.CheckHealthRequest, pb.CheckHealthResponse>,
        callback: sendUnaryData<pb.CheckHealthResponse>,
      ) => answer(call, callback, checkHealth, report),
      collectMetrics: (
        call: ServerUnaryCall<pb.CollectMetricsRequest, pb.CollectMetricsResponse>,
        callback: sendUnaryData<pb.CollectMetricsResponse>,
      ) => answer(call, callback, collectMetrics, report),
    },
  };
}
