// GENERATED CODE -- DO NOT EDIT!

// package: proto
// file: counter.proto

import * as counter_pb from "./counter_pb";
import * as grpc from "@grpc/grpc-js";

interface ICounterService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  get: grpc.MethodDefinition<counter_pb.CounterGetRequest, counter_pb.CounterGetResponse>;
  put: grpc.MethodDefinition<counter_pb.CounterPutRequest, counter_pb.CounterEmpty>;
}

export const CounterService: ICounterService;

export interface ICounterServer extends grpc.UntypedServiceImplementation {
  get: grpc.handleUnaryCall<counter_pb.CounterGetRequest, counter_pb.CounterGetResponse>;
  put: grpc.handleUnaryCall<counter_pb.CounterPutRequest, counter_pb.CounterEmpty>;
}

export class CounterClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  get(argument: counter_pb.CounterGetRequest, callback: grpc.requestCallback<counter_pb.CounterGetResponse>): grpc.ClientUnaryCall;
  get(argument: counter_pb.CounterGetRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<counter_pb.CounterGetResponse>): grpc.ClientUnaryCall;
  get(argument: counter_pb.CounterGetRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<counter_pb.CounterGetResponse>): grpc.ClientUnaryCall;
  put(argument: counter_pb.CounterPutRequest, callback: grpc.requestCallback<counter_pb.CounterEmpty>): grpc.ClientUnaryCall;
  put(argument: counter_pb.CounterPutRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<counter_pb.CounterEmpty>): grpc.ClientUnaryCall;
  put(argument: counter_pb.CounterPutRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<counter_pb.CounterEmpty>): grpc.ClientUnaryCall;
}

interface IAddHelperService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  sum: grpc.MethodDefinition<counter_pb.SumRequest, counter_pb.SumResponse>;
}

export const AddHelperService: IAddHelperService;

export interface IAddHelperServer extends grpc.UntypedServiceImplementation {
  sum: grpc.handleUnaryCall<counter_pb.SumRequest, counter_pb.SumResponse>;
}

export class AddHelperClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  sum(argument: counter_pb.SumRequest, callback: grpc.requestCallback<counter_pb.SumResponse>): grpc.ClientUnaryCall;
  sum(argument: counter_pb.SumRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<counter_pb.SumResponse>): grpc.ClientUnaryCall;
  sum(argument: counter_pb.SumRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<counter_pb.SumResponse>): grpc.ClientUnaryCall;
}
