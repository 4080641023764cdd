// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var hello_pb = require('./hello_pb.js');

function serialize_com_example_protos_HelloReply(arg) {
  if (!(arg instanceof hello_pb.HelloReply)) {
    throw new Error('Expected argument of type com.example.protos.HelloReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_com_example_protos_HelloReply(buffer_arg) {
  return hello_pb.HelloReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_com_example_protos_HelloRequest(arg) {
  if (!(arg instanceof hello_pb.HelloRequest)) {
    throw new Error('Expected argument of type com.example.protos.HelloRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_com_example_protos_HelloRequest(buffer_arg) {
  return hello_pb.HelloRequest.deserializeBinary(new Uint8Array(buffer_arg));
}


var GreeterService = exports.GreeterService = {
  sayHello: {
    path: '/com.example.protos.Greeter/SayHello',
    requestStream: false,
    responseStream: false,
    requestType: hello_pb.HelloRequest,
    responseType: hello_pb.HelloReply,
    requestSerialize: serialize_com_example_protos_HelloRequest,
    requestDeserialize: deserialize_com_example_protos_HelloRequest,
    responseSerialize: serialize_com_example_protos_HelloReply,
    responseDeserialize: deserialize_com_example_protos_HelloReply,
  },
};

exports.GreeterClient = grpc.makeGenericClientConstructor(GreeterService, 'Greeter');
