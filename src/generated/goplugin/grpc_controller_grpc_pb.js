// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var goplugin_grpc_controller_pb = require('../goplugin/grpc_controller_pb.js');

function serialize_plugin_Empty(arg) {
  if (!(arg instanceof goplugin_grpc_controller_pb.Empty)) {
    throw new Error('Expected argument of type plugin.Empty');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_plugin_Empty(buffer_arg) {
  return goplugin_grpc_controller_pb.Empty.deserializeBinary(new Uint8Array(buffer_arg));
}


var GRPCControllerService = exports.GRPCControllerService = {
  shutdown: {
    path: '/plugin.GRPCController/Shutdown',
    requestStream: false,
    responseStream: false,
    requestType: goplugin_grpc_controller_pb.Empty,
    responseType: goplugin_grpc_controller_pb.Empty,
    requestSerialize: serialize_plugin_Empty,
    requestDeserialize: deserialize_plugin_Empty,
    responseSerialize: serialize_plugin_Empty,
    responseDeserialize: deserialize_plugin_Empty,
  },
};

exports.GRPCControllerClient = grpc.makeGenericClientConstructor(GRPCControllerService, 'GRPCController');
