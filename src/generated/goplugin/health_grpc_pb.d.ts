// GENERATED CODE -- DO NOT EDIT!

// package: grpc.health.v1
// file: goplugin/health.proto

import * as goplugin_health_pb from "../goplugin/health_pb";
import * as grpc from "@grpc/grpc-js";

interface IHealthService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  check: grpc.MethodDefinition<goplugin_health_pb.HealthCheckRequest, goplugin_health_pb.HealthCheckResponse>;
  watch: grpc.MethodDefinition<goplugin_health_pb.HealthCheckRequest, goplugin_health_pb.HealthCheckResponse>;
}

export const HealthService: IHealthService;

export interface IHealthServer extends grpc.UntypedServiceImplementation {
  check: grpc.handleUnaryCall<goplugin_health_pb.HealthCheckRequest, goplugin_health_pb.HealthCheckResponse>;
  watch: grpc.handleServerStreamingCall<goplugin_health_pb.HealthCheckRequest, goplugin_health_pb.HealthCheckResponse>;
}

export class HealthClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  check(argument: goplugin_health_pb.HealthCheckRequest, callback: grpc.requestCallback<goplugin_health_pb.HealthCheckResponse>): grpc.ClientUnaryCall;
  check(argument: goplugin_health_pb.HealthCheckRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<goplugin_health_pb.HealthCheckResponse>): grpc.ClientUnaryCall;
  check(argument: goplugin_health_pb.HealthCheckRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<goplugin_health_pb.HealthCheckResponse>): grpc.ClientUnaryCall;
  watch(argument: goplugin_health_pb.HealthCheckRequest, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<goplugin_health_pb.HealthCheckResponse>;
  watch(argument: goplugin_health_pb.HealthCheckRequest, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<goplugin_health_pb.HealthCheckResponse>;
}
