// GENERATED CODE -- DO NOT EDIT!

// package: com.example.protos
// file: examples/hello.proto

import * as examples_hello_pb from "../examples/hello_pb";
import * as grpc from "@grpc/grpc-js";

interface IGreeterService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  sayHello: grpc.MethodDefinition<examples_hello_pb.HelloRequest, examples_hello_pb.HelloReply>;
}

export const GreeterService: IGreeterService;

export interface IGreeterServer extends grpc.UntypedServiceImplementation {
  sayHello: grpc.handleUnaryCall<examples_hello_pb.HelloRequest, examples_hello_pb.HelloReply>;
}

export class GreeterClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  sayHello(argument: examples_hello_pb.HelloRequest, callback: grpc.requestCallback<examples_hello_pb.HelloReply>): grpc.ClientUnaryCall;
  sayHello(argument: examples_hello_pb.HelloRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<examples_hello_pb.HelloReply>): grpc.ClientUnaryCall;
  sayHello(argument: examples_hello_pb.HelloRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<examples_hello_pb.HelloReply>): grpc.ClientUnaryCall;
}
