// GENERATED CODE -- DO NOT EDIT!

// package: quiver.conformance
// file: peer.proto

import * as peer_pb from "./peer_pb";
import * as grpc from "@grpc/grpc-js";

interface IPeerService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  describe: grpc.MethodDefinition<peer_pb.DescribeRequest, peer_pb.Description>;
  count: grpc.MethodDefinition<peer_pb.CountRequest, peer_pb.Counted>;
  echo: grpc.MethodDefinition<peer_pb.EchoMessage, peer_pb.EchoMessage>;
  hold: grpc.MethodDefinition<peer_pb.HoldRequest, peer_pb.Holding>;
  fill: grpc.MethodDefinition<peer_pb.FillRequest, peer_pb.Blob>;
  measure: grpc.MethodDefinition<peer_pb.Blob, peer_pb.Measurement>;
  print: grpc.MethodDefinition<peer_pb.PrintRequest, peer_pb.PrintReply>;
  log: grpc.MethodDefinition<peer_pb.LogRequest, peer_pb.LogReply>;
  panic: grpc.MethodDefinition<peer_pb.PanicRequest, peer_pb.PanicReply>;
  callBack: grpc.MethodDefinition<peer_pb.CallBackRequest, peer_pb.CallBackReply>;
  serve: grpc.MethodDefinition<peer_pb.ServeRequest, peer_pb.ServeReply>;
}

export const PeerService: IPeerService;

export interface IPeerServer extends grpc.UntypedServiceImplementation {
  describe: grpc.handleUnaryCall<peer_pb.DescribeRequest, peer_pb.Description>;
  count: grpc.handleServerStreamingCall<peer_pb.CountRequest, peer_pb.Counted>;
  echo: grpc.handleBidiStreamingCall<peer_pb.EchoMessage, peer_pb.EchoMessage>;
  hold: grpc.handleServerStreamingCall<peer_pb.HoldRequest, peer_pb.Holding>;
  fill: grpc.handleUnaryCall<peer_pb.FillRequest, peer_pb.Blob>;
  measure: grpc.handleUnaryCall<peer_pb.Blob, peer_pb.Measurement>;
  print: grpc.handleUnaryCall<peer_pb.PrintRequest, peer_pb.PrintReply>;
  log: grpc.handleUnaryCall<peer_pb.LogRequest, peer_pb.LogReply>;
  panic: grpc.handleUnaryCall<peer_pb.PanicRequest, peer_pb.PanicReply>;
  callBack: grpc.handleUnaryCall<peer_pb.CallBackRequest, peer_pb.CallBackReply>;
  serve: grpc.handleUnaryCall<peer_pb.ServeRequest, peer_pb.ServeReply>;
}

export class PeerClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  describe(argument: peer_pb.DescribeRequest, callback: grpc.requestCallback<peer_pb.Description>): grpc.ClientUnaryCall;
  describe(argument: peer_pb.DescribeRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.Description>): grpc.ClientUnaryCall;
  describe(argument: peer_pb.DescribeRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.Description>): grpc.ClientUnaryCall;
  count(argument: peer_pb.CountRequest, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<peer_pb.Counted>;
  count(argument: peer_pb.CountRequest, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<peer_pb.Counted>;
  echo(metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientDuplexStream<peer_pb.EchoMessage, peer_pb.EchoMessage>;
  echo(metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientDuplexStream<peer_pb.EchoMessage, peer_pb.EchoMessage>;
  hold(argument: peer_pb.HoldRequest, metadataOrOptions?: grpc.Metadata | grpc.CallOptions | null): grpc.ClientReadableStream<peer_pb.Holding>;
  hold(argument: peer_pb.HoldRequest, metadata?: grpc.Metadata | null, options?: grpc.CallOptions | null): grpc.ClientReadableStream<peer_pb.Holding>;
  fill(argument: peer_pb.FillRequest, callback: grpc.requestCallback<peer_pb.Blob>): grpc.ClientUnaryCall;
  fill(argument: peer_pb.FillRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.Blob>): grpc.ClientUnaryCall;
  fill(argument: peer_pb.FillRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.Blob>): grpc.ClientUnaryCall;
  measure(argument: peer_pb.Blob, callback: grpc.requestCallback<peer_pb.Measurement>): grpc.ClientUnaryCall;
  measure(argument: peer_pb.Blob, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.Measurement>): grpc.ClientUnaryCall;
  measure(argument: peer_pb.Blob, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.Measurement>): grpc.ClientUnaryCall;
  print(argument: peer_pb.PrintRequest, callback: grpc.requestCallback<peer_pb.PrintReply>): grpc.ClientUnaryCall;
  print(argument: peer_pb.PrintRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.PrintReply>): grpc.ClientUnaryCall;
  print(argument: peer_pb.PrintRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.PrintReply>): grpc.ClientUnaryCall;
  log(argument: peer_pb.LogRequest, callback: grpc.requestCallback<peer_pb.LogReply>): grpc.ClientUnaryCall;
  log(argument: peer_pb.LogRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.LogReply>): grpc.ClientUnaryCall;
  log(argument: peer_pb.LogRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.LogReply>): grpc.ClientUnaryCall;
  panic(argument: peer_pb.PanicRequest, callback: grpc.requestCallback<peer_pb.PanicReply>): grpc.ClientUnaryCall;
  panic(argument: peer_pb.PanicRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.PanicReply>): grpc.ClientUnaryCall;
  panic(argument: peer_pb.PanicRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.PanicReply>): grpc.ClientUnaryCall;
  callBack(argument: peer_pb.CallBackRequest, callback: grpc.requestCallback<peer_pb.CallBackReply>): grpc.ClientUnaryCall;
  callBack(argument: peer_pb.CallBackRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.CallBackReply>): grpc.ClientUnaryCall;
  callBack(argument: peer_pb.CallBackRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.CallBackReply>): grpc.ClientUnaryCall;
  serve(argument: peer_pb.ServeRequest, callback: grpc.requestCallback<peer_pb.ServeReply>): grpc.ClientUnaryCall;
  serve(argument: peer_pb.ServeRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.ServeReply>): grpc.ClientUnaryCall;
  serve(argument: peer_pb.ServeRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.ServeReply>): grpc.ClientUnaryCall;
}

interface ICallbackService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
  tell: grpc.MethodDefinition<peer_pb.TellRequest, peer_pb.TellReply>;
}

export const CallbackService: ICallbackService;

export interface ICallbackServer extends grpc.UntypedServiceImplementation {
  tell: grpc.handleUnaryCall<peer_pb.TellRequest, peer_pb.TellReply>;
}

export class CallbackClient extends grpc.Client {
  constructor(address: string, credentials: grpc.ChannelCredentials, options?: object);
  tell(argument: peer_pb.TellRequest, callback: grpc.requestCallback<peer_pb.TellReply>): grpc.ClientUnaryCall;
  tell(argument: peer_pb.TellRequest, metadataOrOptions: grpc.Metadata | grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.TellReply>): grpc.ClientUnaryCall;
  tell(argument: peer_pb.TellRequest, metadata: grpc.Metadata | null, options: grpc.CallOptions | null, callback: grpc.requestCallback<peer_pb.TellReply>): grpc.ClientUnaryCall;
}
