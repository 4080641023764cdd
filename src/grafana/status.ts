import { Metadata, type ServerUnaryCall, type ServiceError, type sendUnaryData, status } from '@grpc/grpc-js';
import wellKnown from 'google-protobuf/google/protobuf/any_pb.js';
import details from '../generated/google/rpc/error_details_pb.js';
import rpc from '../generated/google/rpc/status_pb.js';
import { type ErrorSource, SourcedError } from './error-source.ts';
import { InvalidMessageError } from './from-proto.ts';
import { signalOf } from './signal.ts';

const detailsKey = 'grpc-status-details-bin';
const errorInfoType = 'google.rpc.ErrorInfo';

/** Runs a unary call's handler, aborted when its caller goes away, and turns what it throws into a gRPC status. */
export async function answer<Request, Response>(
  call: ServerUnaryCall<Request, Response>,
  callback: sendUnaryData<Response>,
  handle: (request: Request, signal: AbortSignal) => Promise<Response>,
): Promise<void> {
  try {
    callback(null, await handle(call.request, signalOf(call)));
  } catch (error) {
    callback(statusFrom(error));
  }
}

/**
 * A gRPC status for whatever was thrown. A message that cannot be is InvalidArgument; the rest is Unknown, as Go's gRPC makes of plain
 * errors, with the error source in ErrorInfo's metadata (grafana-plugin-sdk-go backend/data_adapter.go enrichWithErrorSourceInfo).
 */
export function statusFrom(thrown: unknown): ServiceError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof InvalidMessageError ? status.INVALID_ARGUMENT : status.UNKNOWN;
  const metadata = new Metadata();
  metadata.set(detailsKey, encodeDetails(code, message, thrown instanceof SourcedError ? thrown.source : 'plugin'));
  return Object.assign(new Error(message, { cause: thrown }), { code, details: message, metadata });
}

/** The error source that a failed call carries, if it carries one. */
export function errorSourceOf(error: ServiceError): ErrorSource | undefined {
  const [encoded] = error.metadata.get(detailsKey);
  if (!(encoded instanceof Uint8Array)) {
    return undefined;
  }
  const info = rpc.Status.deserializeBinary(encoded)
    .getDetailsList()
    .find((any) => any.getTypeName() === errorInfoType);
  const source = info && details.ErrorInfo.deserializeBinary(info.getValue_asU8()).getMetadataMap().get('errorSource');
  return source === 'plugin' || source === 'downstream' ? source : undefined;
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
