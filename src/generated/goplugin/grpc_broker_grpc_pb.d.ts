// GENERATED CODE -- DO NOT EDIT!

// package: plugin
// file: goplugin/grpc_broker.proto

import * as goplugin_grpc_broker_pb from "../goplugin/grpc_broker_pb";
import * as grpc from "@grpc/grpc-js";

interface IGRPCBrokerService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  startStream: grpc.MethodDefinition<goplugin_grpc_broker_pb.ConnInfo, goplugin_grpc_broker_pb.ConnInfo>;
}

export const GRPCBrokerService: IGRPCBrokerService;

export interface IGRPCBrokerServer extends grpc.UntypedServiceImplementation {
  startStream: grpc.handleBidiStreamingCall<goplugin_grpc_broker_pb.ConnInfo, goplugin_grpc_broker_pb.ConnInfo>;
}

export class GRPCBrokerClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  startStream(metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientDuplexStream<goplugin_grpc_broker_pb.ConnInfo, goplugin_grpc_broker_pb.ConnInfo>;
  startStream(metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientDuplexStream<goplugin_grpc_broker_pb.ConnInfo, goplugin_grpc_broker_pb.ConnInfo>;
}
