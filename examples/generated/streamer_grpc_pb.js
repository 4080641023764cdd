// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var streamer_pb = require('./streamer_pb.js');

function serialize_proto_Configure_Request(arg) {
  if (!(arg instanceof streamer_pb.Configure.Request)) {
    throw new Error('Expected argument of type proto.Configure.Request');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Configure_Request(buffer_arg) {
  return streamer_pb.Configure.Request.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_Configure_Response(arg) {
  if (!(arg instanceof streamer_pb.Configure.Response)) {
    throw new Error('Expected argument of type proto.Configure.Response');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Configure_Response(buffer_arg) {
  return streamer_pb.Configure.Response.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_Read_Request(arg) {
  if (!(arg instanceof streamer_pb.Read.Request)) {
    throw new Error('Expected argument of type proto.Read.Request');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Read_Request(buffer_arg) {
  return streamer_pb.Read.Request.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_Read_ResponseChunk(arg) {
  if (!(arg instanceof streamer_pb.Read.ResponseChunk)) {
    throw new Error('Expected argument of type proto.Read.ResponseChunk');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Read_ResponseChunk(buffer_arg) {
  return streamer_pb.Read.ResponseChunk.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_Write_RequestChunk(arg) {
  if (!(arg instanceof streamer_pb.Write.RequestChunk)) {
    throw new Error('Expected argument of type proto.Write.RequestChunk');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Write_RequestChunk(buffer_arg) {
  return streamer_pb.Write.RequestChunk.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_Write_Response(arg) {
  if (!(arg instanceof streamer_pb.Write.Response)) {
    throw new Error('Expected argument of type proto.Write.Response');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Write_Response(buffer_arg) {
  return streamer_pb.Write.Response.deserializeBinary(new Uint8Array(buffer_arg));
}


var StreamerServiceService = exports.StreamerServiceService = {
  configure: {
    path: '/proto.StreamerService/Configure',
    requestStream: false,
    responseStream: false,
    requestType: streamer_pb.Configure.Request,
    responseType: streamer_pb.Configure.Response,
    requestSerialize: serialize_proto_Configure_Request,
    requestDeserialize: deserialize_proto_Configure_Request,
    responseSerialize: serialize_proto_Configure_Response,
    responseDeserialize: deserialize_proto_Configure_Response,
  },
  read: {
    path: '/proto.StreamerService/Read',
    requestStream: false,
    responseStream: true,
    requestType: streamer_pb.Read.Request,
    responseType: streamer_pb.Read.ResponseChunk,
    requestSerialize: serialize_proto_Read_Request,
    requestDeserialize: deserialize_proto_Read_Request,
    responseSerialize: serialize_proto_Read_ResponseChunk,
    responseDeserialize: deserialize_proto_Read_ResponseChunk,
  },
  write: {
    path: '/proto.StreamerService/Write',
    requestStream: true,
    responseStream: false,
    requestType: streamer_pb.Write.RequestChunk,
    responseType: streamer_pb.Write.Response,
    requestSerialize: serialize_proto_Write_RequestChunk,
    requestDeserialize: deserialize_proto_Write_RequestChunk,
    responseSerialize: serialize_proto_Write_Response,
    responseDeserialize: deserialize_proto_Write_Response,
  },
};

exports.StreamerServiceClient = grpc.makeGenericClientConstructor(StreamerServiceService, 'StreamerService');
