// GENERATED CODE -- DO NOT EDIT!

// package: proto
// file: kv.proto

import * as kv_pb from "./kv_pb";
import * as grpc from "@grpc/grpc-js";

interface IKVService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  get: grpc.MethodDefinition<kv_pb.GetRequest, kv_pb.GetResponse>;
  put: grpc.MethodDefinition<kv_pb.PutRequest, kv_pb.Empty>;
}

export const KVService: IKVService;

export interface IKVServer extends grpc.UntypedServiceImplementation {
  get: grpc.handleUnaryCall<kv_pb.GetRequest, kv_pb.GetResponse>;
  put: grpc.handleUnaryCall<kv_pb.PutRequest, kv_pb.Empty>;
}

export class KVClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  get(argument: kv_pb.GetRequest, callback: grpc.requestCallback<kv_pb.GetResponse>): grpc.ClientUnaryCall;
  get(argument: kv_pb.GetRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<kv_pb.GetResponse>): grpc.ClientUnaryCall;
  get(argument: kv_pb.GetRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<kv_pb.GetResponse>): grpc.ClientUnaryCall;
  put(argument: kv_pb.PutRequest, callback: grpc.requestCallback<kv_pb.Empty>): grpc.ClientUnaryCall;
  put(argument: kv_pb.PutRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<kv_pb.Empty>): grpc.ClientUnaryCall;
  put(argument: kv_pb.PutRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<kv_pb.Empty>): grpc.ClientUnaryCall;
}
