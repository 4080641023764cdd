// GENERATED CODE -- DO NOT EDIT!

// package: plugin
// file: goplugin/grpc_stdio.proto

import * as goplugin_grpc_stdio_pb from "../goplugin/grpc_stdio_pb";
import * as google_protobuf_empty_pb from "google-protobuf/google/protobuf/empty_pb";
import * as grpc from "@grpc/grpc-js";

interface IGRPCStdioService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  streamStdio: grpc.MethodDefinition<google_protobuf_empty_pb.Empty, goplugin_grpc_stdio_pb.StdioData>;
}

export const GRPCStdioService: IGRPCStdioService;

export interface IGRPCStdioServer extends grpc.UntypedServiceImplementation {
  streamStdio: grpc.handleServerStreamingCall<google_protobuf_empty_pb.Empty, goplugin_grpc_stdio_pb.StdioData>;
}

export class GRPCStdioClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  streamStdio(argument: google_protobuf_empty_pb.Empty, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<goplugin_grpc_stdio_pb.StdioData>;
  streamStdio(argument: google_protobuf_empty_pb.Empty, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<goplugin_grpc_stdio_pb.StdioData>;
}
