// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var kv_pb = require('./kv_pb.js');

function serialize_proto_Empty(arg) {
  if (!(arg instanceof kv_pb.Empty)) {
    throw new Error('Expected argument of type proto.Empty');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_Empty(buffer_arg) {
  return kv_pb.Empty.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_GetRequest(arg) {
  if (!(arg instanceof kv_pb.GetRequest)) {
    throw new Error('Expected argument of type proto.GetRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_GetRequest(buffer_arg) {
  return kv_pb.GetRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_GetResponse(arg) {
  if (!(arg instanceof kv_pb.GetResponse)) {
    throw new Error('Expected argument of type proto.GetResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_GetResponse(buffer_arg) {
  return kv_pb.GetResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_PutRequest(arg) {
  if (!(arg instanceof kv_pb.PutRequest)) {
    throw new Error('Expected argument of type proto.PutRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_PutRequest(buffer_arg) {
  return kv_pb.PutRequest.deserializeBinary(new Uint8Array(buffer_arg));
}


var KVService = exports.KVService = {
  get: {
    path: '/proto.KV/Get',
    requestStream: false,
    responseStream: false,
    requestType: kv_pb.GetRequest,
    responseType: kv_pb.GetResponse,
    requestSerialize: serialize_proto_GetRequest,
    requestDeserialize: deserialize_proto_GetRequest,
    responseSerialize: serialize_proto_GetResponse,
    responseDeserialize: deserialize_proto_GetResponse,
  },
  put: {
    path: '/proto.KV/Put',
    requestStream: false,
    responseStream: false,
    requestType: kv_pb.PutRequest,
    responseType: kv_pb.Empty,
    requestSerialize: serialize_proto_PutRequest,
    requestDeserialize: deserialize_proto_PutRequest,
    responseSerialize: serialize_proto_Empty,
    responseDeserialize: deserialize_proto_Empty,
  },
};

exports.KVClient = grpc.makeGenericClientConstructor(KVService, 'KV');
