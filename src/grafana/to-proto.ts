import pb from '../generated/grafana/backend_pb.js';
import type { CallResourceResponse, CheckHealthResult } from './handlers.ts';

const healthStatus = {
  unknown: pb.CheckHealthResponse.HealthStatus.UNKNOWN,
  ok: pb.CheckHealthResponse.HealthStatus.OK,
  error: pb.CheckHealthResponse.HealthStatus.ERROR,
} as const satisfies Record<CheckHealthResult['status'], number>;

export function checkHealthResponseTo(result: CheckHealthResult): pb.CheckHealthResponse {
  const response = new pb.CheckHealthResponse();
  response.setStatus(healthStatus[result.status]);
  response.setMessage(result.message.toWellFormed());
  // The host parses this field whenever it is not empty, so absent details are an empty object.
  response.setJsondetails(Buffer.from(JSON.stringify(result.details ?? {})));
  return response;
}

export function collectMetricsResponseTo(prometheusText: string): pb.CollectMetricsResponse {
  const payload = new pb.CollectMetricsResponse.Payload();
  payload.setPrometheus(Buffer.from(prometheusText));
  const response = new pb.CollectMetricsResponse();
  response.setMetrics(payload);
  return response;
}

export function callResourceResponseTo(piece: CallResourceResponse): pb.CallResourceResponse {
  const response = new pb.CallResourceResponse();
  response.setCode(piece.status);
  for (const [name, values] of piece.headers) {
    const list = new pb.StringList();
    list.setValuesList([...values]);
    response.getHeadersMap().set(name, list);
  }
  response.setBody(piece.body);
  return response;
}
