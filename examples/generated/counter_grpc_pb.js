// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var counter_pb = require('./counter_pb.js');

function serialize_proto_CounterEmpty(arg) {
  if (!(arg instanceof counter_pb.CounterEmpty)) {
    throw new Error('Expected argument of type proto.CounterEmpty');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_CounterEmpty(buffer_arg) {
  return counter_pb.CounterEmpty.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_CounterGetRequest(arg) {
  if (!(arg instanceof counter_pb.CounterGetRequest)) {
    throw new Error('Expected argument of type proto.CounterGetRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_CounterGetRequest(buffer_arg) {
  return counter_pb.CounterGetRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_CounterGetResponse(arg) {
  if (!(arg instanceof counter_pb.CounterGetResponse)) {
    throw new Error('Expected argument of type proto.CounterGetResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_CounterGetResponse(buffer_arg) {
  return counter_pb.CounterGetResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_CounterPutRequest(arg) {
  if (!(arg instanceof counter_pb.CounterPutRequest)) {
    throw new Error('Expected argument of type proto.CounterPutRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_CounterPutRequest(buffer_arg) {
  return counter_pb.CounterPutRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_SumRequest(arg) {
  if (!(arg instanceof counter_pb.SumRequest)) {
    throw new Error('Expected argument of type proto.SumRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_SumRequest(buffer_arg) {
  return counter_pb.SumRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_proto_SumResponse(arg) {
  if (!(arg instanceof counter_pb.SumResponse)) {
    throw new Error('Expected argument of type proto.SumResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_proto_SumResponse(buffer_arg) {
  return counter_pb.SumResponse.deserializeBinary(new Uint8Array(buffer_arg));
}


var CounterService = exports.CounterService = {
  get: {
    path: '/proto.Counter/Get',
    requestStream: false,
    responseStream: false,
    requestType: counter_pb.CounterGetRequest,
    responseType: counter_pb.CounterGetResponse,
    requestSerialize: serialize_proto_CounterGetRequest,
    requestDeserialize: deserialize_proto_CounterGetRequest,
    responseSerialize: serialize_proto_CounterGetResponse,
    responseDeserialize: deserialize_proto_CounterGetResponse,
  },
  put: {
    path: '/proto.Counter/Put',
    requestStream: false,
    responseStream: false,
    requestType: counter_pb.CounterPutRequest,
    responseType: counter_pb.CounterEmpty,
    requestSerialize: serialize_proto_CounterPutRequest,
    requestDeserialize: deserialize_proto_CounterPutRequest,
    responseSerialize: serialize_proto_CounterEmpty,
    responseDeserialize: deserialize_proto_CounterEmpty,
  },
};

exports.CounterClient = grpc.makeGenericClientConstructor(CounterService, 'Counter');
var AddHelperService = exports.AddHelperService = {
  sum: {
    path: '/proto.AddHelper/Sum',
    requestStream: false,
    responseStream: false,
    requestType: counter_pb.SumRequest,
    responseType: counter_pb.SumResponse,
    requestSerialize: serialize_proto_SumRequest,
    requestDeserialize: deserialize_proto_SumRequest,
    responseSerialize: serialize_proto_SumResponse,
    responseDeserialize: deserialize_proto_SumResponse,
  },
};

exports.AddHelperClient = grpc.makeGenericClientConstructor(AddHelperService, 'AddHelper');
