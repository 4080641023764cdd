// GENERATED CODE -- DO NOT EDIT!

// package: grpc.reflection.v1alpha
// file: grpc/reflection/v1alpha/reflection.proto

import * as grpc_reflection_v1alpha_reflection_pb from "../../../grpc/reflection/v1alpha/reflection_pb";
import * as grpc from "@grpc/grpc-js";

interface IServerReflectionService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  serverReflectionInfo: grpc.MethodDefinition<grpc_reflection_v1alpha_reflection_pb.ServerReflectionRequest, grpc_reflection_v1alpha_reflection_pb.ServerReflectionResponse>;
}

export const ServerReflectionService: IServerReflectionService;

export interface IServerReflectionServer extends grpc.UntypedServiceImplementation {
  serverReflectionInfo: grpc.handleBidiStreamingCall<grpc_reflection_v1alpha_reflection_pb.ServerReflectionRequest, grpc_reflection_v1alpha_reflection_pb.ServerReflectionResponse>;
}

export class ServerReflectionClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  serverReflectionInfo(metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientDuplexStream<grpc_reflection_v1alpha_reflection_pb.ServerReflectionRequest, grpc_reflection_v1alpha_reflection_pb.ServerReflectionResponse>;
  serverReflectionInfo(metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientDuplexStream<grpc_reflection_v1alpha_reflection_pb.ServerReflectionRequest, grpc_reflection_v1alpha_reflection_pb.ServerReflectionResponse>;
}
