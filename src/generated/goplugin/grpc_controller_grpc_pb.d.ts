// GENERATED CODE -- DO NOT EDIT!

// package: plugin
// file: goplugin/grpc_controller.proto

import * as goplugin_grpc_controller_pb from "../goplugin/grpc_controller_pb";
import * as grpc from "@grpc/grpc-js";

interface IGRPCControllerService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  shutdown: grpc.MethodDefinition<goplugin_grpc_controller_pb.Empty, goplugin_grpc_controller_pb.Empty>;
}

export const GRPCControllerService: IGRPCControllerService;

export interface IGRPCControllerServer extends grpc.UntypedServiceImplementation {
  shutdown: grpc.handleUnaryCall<goplugin_grpc_controller_pb.Empty, goplugin_grpc_controller_pb.Empty>;
}

export class GRPCControllerClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  shutdown(argument: goplugin_grpc_controller_pb.Empty, callback: grpc.requestCallback<goplugin_grpc_controller_pb.Empty>): grpc.ClientUnaryCall;
  shutdown(argument: goplugin_grpc_controller_pb.Empty, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<goplugin_grpc_controller_pb.Empty>): grpc.ClientUnaryCall;
  shutdown(argument: goplugin_grpc_controller_pb.Empty, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<goplugin_grpc_controller_pb.Empty>): grpc.ClientUnaryCall;
}
