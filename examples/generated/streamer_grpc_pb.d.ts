// GENERATED CODE -- DO NOT EDIT!

// package: proto
// file: streamer.proto

import * as streamer_pb from "./streamer_pb";
import * as grpc from "@grpc/grpc-js";

interface IStreamerServiceService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  configure: grpc.MethodDefinition<streamer_pb.Configure.Request, streamer_pb.Configure.Response>;
  read: grpc.MethodDefinition<streamer_pb.Read.Request, streamer_pb.Read.ResponseChunk>;
  write: grpc.MethodDefinition<streamer_pb.Write.RequestChunk, streamer_pb.Write.Response>;
}

export const StreamerServiceService: IStreamerServiceService;

export interface IStreamerServiceServer extends grpc.UntypedServiceImplementation {
  configure: grpc.handleUnaryCall<streamer_pb.Configure.Request, streamer_pb.Configure.Response>;
  read: grpc.handleServerStreamingCall<streamer_pb.Read.Request, streamer_pb.Read.ResponseChunk>;
  write: grpc.handleClientStreamingCall<streamer_pb.Write.RequestChunk, streamer_pb.Write.Response>;
}

export class StreamerServiceClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  configure(argument: streamer_pb.Configure.Request, callback: grpc.requestCallback<streamer_pb.Configure.Response>): grpc.ClientUnaryCall;
  configure(argument: streamer_pb.Configure.Request, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<streamer_pb.Configure.Response>): grpc.ClientUnaryCall;
  configure(argument: streamer_pb.Configure.Request, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<streamer_pb.Configure.Response>): grpc.ClientUnaryCall;
  read(argument: streamer_pb.Read.Request, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<streamer_pb.Read.ResponseChunk>;
  read(argument: streamer_pb.Read.Request, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<streamer_pb.Read.ResponseChunk>;
  write(callback: grpc.requestCallback<streamer_pb.Write.Response>): grpc.ClientWritableStream<streamer_pb.Write.RequestChunk>;
  write(metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<streamer_pb.Write.Response>): grpc.ClientWritableStream<streamer_pb.Write.RequestChunk>;
  write(metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<streamer_pb.Write.Response>): grpc.ClientWritableStream<streamer_pb.Write.RequestChunk>;
}
