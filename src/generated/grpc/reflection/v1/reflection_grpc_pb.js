// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var grpc_reflection_v1_reflection_pb = require('../../../grpc/reflection/v1/reflection_pb.js');

function serialize_grpc_reflection_v1_ServerReflectionRequest(arg) {
  if (!(arg instanceof grpc_reflection_v1_reflection_pb.ServerReflectionRequest)) {
    throw new Error('Expected argument of type grpc.reflection.v1.ServerReflectionRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_grpc_reflection_v1_ServerReflectionRequest(buffer_arg) {
  return grpc_reflection_v1_reflection_pb.ServerReflectionRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_grpc_reflection_v1_ServerReflectionResponse(arg) {
  if (!(arg instanceof grpc_reflection_v1_reflection_pb.ServerReflectionResponse)) {
    throw new Error('Expected argument of type grpc.reflection.v1.ServerReflectionResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_grpc_reflection_v1_ServerReflectionResponse(buffer_arg) {
  return grpc_reflection_v1_reflection_pb.ServerReflectionResponse.deserializeBinary(new Uint8Array(buffer_arg));
}


var ServerReflectionService = exports.ServerReflectionService = {
  serverReflectionInfo: {
    path: '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    requestStream: true,
    responseStream: true,
    requestType: grpc_reflection_v1_reflection_pb.ServerReflectionRequest,
    responseType: grpc_reflection_v1_reflection_pb.ServerReflectionResponse,
    requestSerialize: serialize_grpc_reflection_v1_ServerReflectionRequest,
    requestDeserialize: deserialize_grpc_reflection_v1_ServerReflectionRequest,
    responseSerialize: serialize_grpc_reflection_v1_ServerReflectionResponse,
    responseDeserialize: deserialize_grpc_reflection_v1_ServerReflectionResponse,
  },
};

exports.ServerReflectionClient = grpc.makeGenericClientConstructor(ServerReflectionService, 'ServerReflection');
