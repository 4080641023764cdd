import { Metadata, type ServerUnaryCall, type ServiceError, type sendUnaryData, status } from '@grpc/grpc-js';
import wellKnown from 'google-protobuf/google/protobuf/any_pb.js';
import details from '../generated/google/rpc/error_details_pb.js';
import rpc from '../generated/google/rpc/status_pb.js';
import { type ErrorSource, SourcedError } from './error-source.ts';
import { InvalidMessageError } from './from-proto.ts';
import { signalOf } from './signal.ts';

const detailsKey = 'grpc-status-details-bin';
const errorInfoType = 'google.rpc.ErrorInfo';

/** Told of each failure that is the plugin's own, since the host shows no more than a sentence of it. */
export type ReportFailure = (error: unknown) => void;

/** Runs a unary call's handler, aborted when its caller goes away, and turns what it throws into a gRPC status. */
export async function answer<Request, Response>(
  call: ServerUnaryCall<Request, Response>,
  callback: sendUnaryData<Response>,
  handle: (request: Request, signal: AbortSignal) => Promise<Response>,
  report: ReportFailure,
): Promise<void> {
  const { signal, release } = signalOf(call);
  try {
    callback(null, await handle(call.request, signal));
  } catch (error) {
    callback(failureOf(error, report));
  } finally {
    release();
  }
}

/** The status of a failed call, reported if it is the plugin's own failure. */
export function failureOf(thrown: unknown, report: ReportFailure): ServiceError {
  if (!(thrown instanceof InvalidMessageError) && sourceOf(thrown) === 'plugin') {
    report(thrown);
  }
  return statusFrom(thrown);
}

/**
 * A gRPC status for whatever was thrown. A message that cannot be is InvalidArgument; the rest is Unknown, as Go's gRPC makes of plain
 * errors, with the error source in ErrorInfo's metadata (grafana-plugin-sdk-go backend/data_adapter.go enrichWithErrorSourceInfo).
 */
function statusFrom(thrown: unknown): ServiceError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof InvalidMessageError ? status.INVALID_ARGUMENT : status.UNKNOWN;
  const metadata = new Metadata();
  metadata.set(detailsKey, encodeDetails(code, message, sourceOf(thrown)));
  return Object.assign(new Error(message, { cause: thrown }), { code, details: message, metadata });
}

function sourceOf(thrown: unknown): ErrorSource {
  return thrown instanceof SourcedError ? thrown.source : 'plugin';
}

function encodeDetails(code: status, message: string, source: ErrorSource): Buffer {
  const info = new details.ErrorInfo();
  info.getMetadataMap().set('errorSource', source);
  const any = new wellKnown.Any();
  any.pack(info.serializeBinary(), errorInfoType);
  const encoded = new rpc.Status();
  encoded.setCode(code);
  encoded.setMessage(message);
  encoded.setDetailsList([any]);
  return Buffer.from(encoded.serializeBinary());
}
