// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var goplugin_grpc_stdio_pb = require('../goplugin/grpc_stdio_pb.js');
var google_protobuf_empty_pb = require('google-protobuf/google/protobuf/empty_pb.js');

function serialize_google_protobuf_Empty(arg) {
  if (!(arg instanceof google_protobuf_empty_pb.Empty)) {
    throw new Error('Expected argument of type google.protobuf.Empty');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_google_protobuf_Empty(buffer_arg) {
  return google_protobuf_empty_pb.Empty.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_plugin_StdioData(arg) {
  if (!(arg instanceof goplugin_grpc_stdio_pb.StdioData)) {
    throw new Error('Expected argument of type plugin.StdioData');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_plugin_StdioData(buffer_arg) {
  return goplugin_grpc_stdio_pb.StdioData.deserializeBinary(new Uint8Array(buffer_arg));
}


var GRPCStdioService = exports.GRPCStdioService = {
  streamStdio: {
    path: '/plugin.GRPCStdio/StreamStdio',
    requestStream: false,
    responseStream: true,
    requestType: google_protobuf_empty_pb.Empty,
    responseType: goplugin_grpc_stdio_pb.StdioData,
    requestSerialize: serialize_google_protobuf_Empty,
    requestDeserialize: deserialize_google_protobuf_Empty,
    responseSerialize: serialize_plugin_StdioData,
    responseDeserialize: deserialize_plugin_StdioData,
  },
};

exports.GRPCStdioClient = grpc.makeGenericClientConstructor(GRPCStdioService, 'GRPCStdio');
