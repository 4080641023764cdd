// GENERATED CODE -- DO NOT EDIT!

// package: pluginv2
// file: grafana/backend.proto

import * as grafana_backend_pb from "../grafana/backend_pb";
import * as grpc from "@grpc/grpc-js";

interface IResourceService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  callResource: grpc.MethodDefinition<grafana_backend_pb.CallResourceRequest, grafana_backend_pb.CallResourceResponse>;
}

export const ResourceService: IResourceService;

export interface IResourceServer extends grpc.UntypedServiceImplementation {
  callResource: grpc.handleServerStreamingCall<grafana_backend_pb.CallResourceRequest, grafana_backend_pb.CallResourceResponse>;
}

export class ResourceClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  callResource(argument: grafana_backend_pb.CallResourceRequest, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<grafana_backend_pb.CallResourceResponse>;
  callResource(argument: grafana_backend_pb.CallResourceRequest, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<grafana_backend_pb.CallResourceResponse>;
}

interface IDataService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  queryData: grpc.MethodDefinition<grafana_backend_pb.QueryDataRequest, grafana_backend_pb.QueryDataResponse>;
  queryChunkedData: grpc.MethodDefinition<grafana_backend_pb.QueryChunkedDataRequest, grafana_backend_pb.QueryChunkedDataResponse>;
}

export const DataService: IDataService;

export interface IDataServer extends grpc.UntypedServiceImplementation {
  queryData: grpc.handleUnaryCall<grafana_backend_pb.QueryDataRequest, grafana_backend_pb.QueryDataResponse>;
  queryChunkedData: grpc.handleServerStreamingCall<grafana_backend_pb.QueryChunkedDataRequest, grafana_backend_pb.QueryChunkedDataResponse>;
}

export class DataClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  queryData(argument: grafana_backend_pb.QueryDataRequest, callback: grpc.requestCallback<grafana_backend_pb.QueryDataResponse>): grpc.ClientUnaryCall;
  queryData(argument: grafana_backend_pb.QueryDataRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.QueryDataResponse>): grpc.ClientUnaryCall;
  queryData(argument: grafana_backend_pb.QueryDataRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.QueryDataResponse>): grpc.ClientUnaryCall;
  queryChunkedData(argument: grafana_backend_pb.QueryChunkedDataRequest, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<grafana_backend_pb.QueryChunkedDataResponse>;
  queryChunkedData(argument: grafana_backend_pb.QueryChunkedDataRequest, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<grafana_backend_pb.QueryChunkedDataResponse>;
}

interface IDiagnosticsService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  checkHealth: grpc.MethodDefinition<grafana_backend_pb.CheckHealthRequest, grafana_backend_pb.CheckHealthResponse>;
  collectMetrics: grpc.MethodDefinition<grafana_backend_pb.CollectMetricsRequest, grafana_backend_pb.CollectMetricsResponse>;
}

export const DiagnosticsService: IDiagnosticsService;

export interface IDiagnosticsServer extends grpc.UntypedServiceImplementation {
  checkHealth: grpc.handleUnaryCall<grafana_backend_pb.CheckHealthRequest, grafana_backend_pb.CheckHealthResponse>;
  collectMetrics: grpc.handleUnaryCall<grafana_backend_pb.CollectMetricsRequest, grafana_backend_pb.CollectMetricsResponse>;
}

export class DiagnosticsClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  checkHealth(argument: grafana_backend_pb.CheckHealthRequest, callback: grpc.requestCallback<grafana_backend_pb.CheckHealthResponse>): grpc.ClientUnaryCall;
  checkHealth(argument: grafana_backend_pb.CheckHealthRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.CheckHealthResponse>): grpc.ClientUnaryCall;
  checkHealth(argument: grafana_backend_pb.CheckHealthRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.CheckHealthResponse>): grpc.ClientUnaryCall;
  collectMetrics(argument: grafana_backend_pb.CollectMetricsRequest, callback: grpc.requestCallback<grafana_backend_pb.CollectMetricsResponse>): grpc.ClientUnaryCall;
  collectMetrics(argument: grafana_backend_pb.CollectMetricsRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.CollectMetricsResponse>): grpc.ClientUnaryCall;
  collectMetrics(argument: grafana_backend_pb.CollectMetricsRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.CollectMetricsResponse>): grpc.ClientUnaryCall;
}

interface IStreamService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  subscribeStream: grpc.MethodDefinition<grafana_backend_pb.SubscribeStreamRequest, grafana_backend_pb.SubscribeStreamResponse>;
  runStream: grpc.MethodDefinition<grafana_backend_pb.RunStreamRequest, grafana_backend_pb.StreamPacket>;
  publishStream: grpc.MethodDefinition<grafana_backend_pb.PublishStreamRequest, grafana_backend_pb.PublishStreamResponse>;
}

export const StreamService: IStreamService;

export interface IStreamServer extends grpc.UntypedServiceImplementation {
  subscribeStream: grpc.handleUnaryCall<grafana_backend_pb.SubscribeStreamRequest, grafana_backend_pb.SubscribeStreamResponse>;
  runStream: grpc.handleServerStreamingCall<grafana_backend_pb.RunStreamRequest, grafana_backend_pb.StreamPacket>;
  publishStream: grpc.handleUnaryCall<grafana_backend_pb.PublishStreamRequest, grafana_backend_pb.PublishStreamResponse>;
}

export class StreamClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  subscribeStream(argument: grafana_backend_pb.SubscribeStreamRequest, callback: grpc.requestCallback<grafana_backend_pb.SubscribeStreamResponse>): grpc.ClientUnaryCall;
  subscribeStream(argument: grafana_backend_pb.SubscribeStreamRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.SubscribeStreamResponse>): grpc.ClientUnaryCall;
  subscribeStream(argument: grafana_backend_pb.SubscribeStreamRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.SubscribeStreamResponse>): grpc.ClientUnaryCall;
  runStream(argument: grafana_backend_pb.RunStreamRequest, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<grafana_backend_pb.StreamPacket>;
  runStream(argument: grafana_backend_pb.RunStreamRequest, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<grafana_backend_pb.StreamPacket>;
  publishStream(argument: grafana_backend_pb.PublishStreamRequest, callback: grpc.requestCallback<grafana_backend_pb.PublishStreamResponse>): grpc.ClientUnaryCall;
  publishStream(argument: grafana_backend_pb.PublishStreamRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.PublishStreamResponse>): grpc.ClientUnaryCall;
  publishStream(argument: grafana_backend_pb.PublishStreamRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.PublishStreamResponse>): grpc.ClientUnaryCall;
}

interface IAdmissionControlService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  validateAdmission: grpc.MethodDefinition<grafana_backend_pb.AdmissionRequest, grafana_backend_pb.ValidationResponse>;
  mutateAdmission: grpc.MethodDefinition<grafana_backend_pb.AdmissionRequest, grafana_backend_pb.MutationResponse>;
}

export const AdmissionControlService: IAdmissionControlService;

export interface IAdmissionControlServer extends grpc.UntypedServiceImplementation {
  validateAdmission: grpc.handleUnaryCall<grafana_backend_pb.AdmissionRequest, grafana_backend_pb.ValidationResponse>;
  mutateAdmission: grpc.handleUnaryCall<grafana_backend_pb.AdmissionRequest, grafana_backend_pb.MutationResponse>;
}

export class AdmissionControlClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  validateAdmission(argument: grafana_backend_pb.AdmissionRequest, callback: grpc.requestCallback<grafana_backend_pb.ValidationResponse>): grpc.ClientUnaryCall;
  validateAdmission(argument: grafana_backend_pb.AdmissionRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.ValidationResponse>): grpc.ClientUnaryCall;
  validateAdmission(argument: grafana_backend_pb.AdmissionRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.ValidationResponse>): grpc.ClientUnaryCall;
  mutateAdmission(argument: grafana_backend_pb.AdmissionRequest, callback: grpc.requestCallback<grafana_backend_pb.MutationResponse>): grpc.ClientUnaryCall;
  mutateAdmission(argument: grafana_backend_pb.AdmissionRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.MutationResponse>): grpc.ClientUnaryCall;
  mutateAdmission(argument: grafana_backend_pb.AdmissionRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.MutationResponse>): grpc.ClientUnaryCall;
}

interface IResourceConversionService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  convertObjects: grpc.MethodDefinition<grafana_backend_pb.ConversionRequest, grafana_backend_pb.ConversionResponse>;
}

export const ResourceConversionService: IResourceConversionService;

export interface IResourceConversionServer extends grpc.UntypedServiceImplementation {
  convertObjects: grpc.handleUnaryCall<grafana_backend_pb.ConversionRequest, grafana_backend_pb.ConversionResponse>;
}

export class ResourceConversionClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  convertObjects(argument: grafana_backend_pb.ConversionRequest, callback: grpc.requestCallback<grafana_backend_pb.ConversionResponse>): grpc.ClientUnaryCall;
  convertObjects(argument: grafana_backend_pb.ConversionRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.ConversionResponse>): grpc.ClientUnaryCall;
  convertObjects(argument: grafana_backend_pb.ConversionRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<grafana_backend_pb.ConversionResponse>): grpc.ClientUnaryCall;
}
