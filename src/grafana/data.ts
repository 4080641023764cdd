import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import descriptor from '../generated/grafana/backend_descriptor.js';
import services from '../generated/grafana/backend_grpc_pb.js';
import type pb from '../generated/grafana/backend_pb.js';
import type { PluginService } from '../goplugin/index.ts';
import { inTurns } from '../steps/in-turns.ts';
import { queryDataRequestFrom } from './from-proto.ts';
import type { QueryDataHandler } from './handlers.ts';
import { encodeQueryDataResponse, serializeQueryDataResponse } from './query-data-response.ts';
import { answer, type ReportFailure } from './status.ts';

/** `pluginv2.Data` with QueryData; QueryChunkedData answers Unimplemented. */
export function dataService(handler: QueryDataHandler, report: ReportFailure): PluginService {
  const queryData = async (request: pb.QueryDataRequest, signal: AbortSignal) => {
    const response = await handler.queryData(queryDataRequestFrom(request), signal);
    // To its end even where nobody waits for it any more: that is soon.
    return inTurns(encodeQueryDataResponse(response, report), () => {});
  };
  return {
    definition: {
      // Copying frames into a QueryDataResponse, and that again into bytes, would cost more than making them (facts in query-data-response.ts).
      queryData: { ...services.DataService.queryData, responseSerialize: serializeQueryDataResponse },
      queryChunkedData: services.DataService.queryChunkedData,
    },
    fileDescriptorSet: descriptor.fileDescriptorSet,
    implementation: {
      queryData: (call: ServerUnaryCall<pb.QueryDataRequest, unknown>, callback: sendUnaryData<unknown>) =>
        answer(call, callback, queryData, report),
    },
  };
}
