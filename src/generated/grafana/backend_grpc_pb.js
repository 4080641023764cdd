// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var grafana_backend_pb = require('../grafana/backend_pb.js');

function serialize_pluginv2_AdmissionRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.AdmissionRequest)) {
    throw new Error('Expected argument of type pluginv2.AdmissionRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_AdmissionRequest(buffer_arg) {
  return grafana_backend_pb.AdmissionRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_CallResourceRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.CallResourceRequest)) {
    throw new Error('Expected argument of type pluginv2.CallResourceRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_CallResourceRequest(buffer_arg) {
  return grafana_backend_pb.CallResourceRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_CallResourceResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.CallResourceResponse)) {
    throw new Error('Expected argument of type pluginv2.CallResourceResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_CallResourceResponse(buffer_arg) {
  return grafana_backend_pb.CallResourceResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_CheckHealthRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.CheckHealthRequest)) {
    throw new Error('Expected argument of type pluginv2.CheckHealthRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_CheckHealthRequest(buffer_arg) {
  return grafana_backend_pb.CheckHealthRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_CheckHealthResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.CheckHealthResponse)) {
    throw new Error('Expected argument of type pluginv2.CheckHealthResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_CheckHealthResponse(buffer_arg) {
  return grafana_backend_pb.CheckHealthResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_CollectMetricsRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.CollectMetricsRequest)) {
    throw new Error('Expected argument of type pluginv2.CollectMetricsRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_CollectMetricsRequest(buffer_arg) {
  return grafana_backend_pb.CollectMetricsRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_CollectMetricsResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.CollectMetricsResponse)) {
    throw new Error('Expected argument of type pluginv2.CollectMetricsResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_CollectMetricsResponse(buffer_arg) {
  return grafana_backend_pb.CollectMetricsResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_ConversionRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.ConversionRequest)) {
    throw new Error('Expected argument of type pluginv2.ConversionRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_ConversionRequest(buffer_arg) {
  return grafana_backend_pb.ConversionRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_ConversionResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.ConversionResponse)) {
    throw new Error('Expected argument of type pluginv2.ConversionResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_ConversionResponse(buffer_arg) {
  return grafana_backend_pb.ConversionResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_MutationResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.MutationResponse)) {
    throw new Error('Expected argument of type pluginv2.MutationResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_MutationResponse(buffer_arg) {
  return grafana_backend_pb.MutationResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_PublishStreamRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.PublishStreamRequest)) {
    throw new Error('Expected argument of type pluginv2.PublishStreamRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_PublishStreamRequest(buffer_arg) {
  return grafana_backend_pb.PublishStreamRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_PublishStreamResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.PublishStreamResponse)) {
    throw new Error('Expected argument of type pluginv2.PublishStreamResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_PublishStreamResponse(buffer_arg) {
  return grafana_backend_pb.PublishStreamResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_QueryChunkedDataRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.QueryChunkedDataRequest)) {
    throw new Error('Expected argument of type pluginv2.QueryChunkedDataRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_QueryChunkedDataRequest(buffer_arg) {
  return grafana_backend_pb.QueryChunkedDataRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_QueryChunkedDataResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.QueryChunkedDataResponse)) {
    throw new Error('Expected argument of type pluginv2.QueryChunkedDataResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_QueryChunkedDataResponse(buffer_arg) {
  return grafana_backend_pb.QueryChunkedDataResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_QueryDataRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.QueryDataRequest)) {
    throw new Error('Expected argument of type pluginv2.QueryDataRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_QueryDataRequest(buffer_arg) {
  return grafana_backend_pb.QueryDataRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_QueryDataResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.QueryDataResponse)) {
    throw new Error('Expected argument of type pluginv2.QueryDataResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_QueryDataResponse(buffer_arg) {
  return grafana_backend_pb.QueryDataResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_RunStreamRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.RunStreamRequest)) {
    throw new Error('Expected argument of type pluginv2.RunStreamRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_RunStreamRequest(buffer_arg) {
  return grafana_backend_pb.RunStreamRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_StreamPacket(arg) {
  if (!(arg instanceof grafana_backend_pb.StreamPacket)) {
    throw new Error('Expected argument of type pluginv2.StreamPacket');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_StreamPacket(buffer_arg) {
  return grafana_backend_pb.StreamPacket.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_SubscribeStreamRequest(arg) {
  if (!(arg instanceof grafana_backend_pb.SubscribeStreamRequest)) {
    throw new Error('Expected argument of type pluginv2.SubscribeStreamRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_SubscribeStreamRequest(buffer_arg) {
  return grafana_backend_pb.SubscribeStreamRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_SubscribeStreamResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.SubscribeStreamResponse)) {
    throw new Error('Expected argument of type pluginv2.SubscribeStreamResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_SubscribeStreamResponse(buffer_arg) {
  return grafana_backend_pb.SubscribeStreamResponse.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_pluginv2_ValidationResponse(arg) {
  if (!(arg instanceof grafana_backend_pb.ValidationResponse)) {
    throw new Error('Expected argument of type pluginv2.ValidationResponse');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_pluginv2_ValidationResponse(buffer_arg) {
  return grafana_backend_pb.ValidationResponse.deserializeBinary(new Uint8Array(buffer_arg));
}


var ResourceService = exports.ResourceService = {
  callResource: {
    path: '/pluginv2.Resource/CallResource',
    requestStream: false,
    responseStream: true,
    requestType: grafana_backend_pb.CallResourceRequest,
    responseType: grafana_backend_pb.CallResourceResponse,
    requestSerialize: serialize_pluginv2_CallResourceRequest,
    requestDeserialize: deserialize_pluginv2_CallResourceRequest,
    responseSerialize: serialize_pluginv2_CallResourceResponse,
    responseDeserialize: deserialize_pluginv2_CallResourceResponse,
  },
};

exports.ResourceClient = grpc.makeGenericClientConstructor(ResourceService, 'Resource');
var DataService = exports.DataService = {
  queryData: {
    path: '/pluginv2.Data/QueryData',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.QueryDataRequest,
    responseType: grafana_backend_pb.QueryDataResponse,
    requestSerialize: serialize_pluginv2_QueryDataRequest,
    requestDeserialize: deserialize_pluginv2_QueryDataRequest,
    responseSerialize: serialize_pluginv2_QueryDataResponse,
    responseDeserialize: deserialize_pluginv2_QueryDataResponse,
  },
  queryChunkedData: {
    path: '/pluginv2.Data/QueryChunkedData',
    requestStream: false,
    responseStream: true,
    requestType: grafana_backend_pb.QueryChunkedDataRequest,
    responseType: grafana_backend_pb.QueryChunkedDataResponse,
    requestSerialize: serialize_pluginv2_QueryChunkedDataRequest,
    requestDeserialize: deserialize_pluginv2_QueryChunkedDataRequest,
    responseSerialize: serialize_pluginv2_QueryChunkedDataResponse,
    responseDeserialize: deserialize_pluginv2_QueryChunkedDataResponse,
  },
};

exports.DataClient = grpc.makeGenericClientConstructor(DataService, 'Data');
var DiagnosticsService = exports.DiagnosticsService = {
  checkHealth: {
    path: '/pluginv2.Diagnostics/CheckHealth',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.CheckHealthRequest,
    responseType: grafana_backend_pb.CheckHealthResponse,
    requestSerialize: serialize_pluginv2_CheckHealthRequest,
    requestDeserialize: deserialize_pluginv2_CheckHealthRequest,
    responseSerialize: serialize_pluginv2_CheckHealthResponse,
    responseDeserialize: deserialize_pluginv2_CheckHealthResponse,
  },
  collectMetrics: {
    path: '/pluginv2.Diagnostics/CollectMetrics',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.CollectMetricsRequest,
    responseType: grafana_backend_pb.CollectMetricsResponse,
    requestSerialize: serialize_pluginv2_CollectMetricsRequest,
    requestDeserialize: deserialize_pluginv2_CollectMetricsRequest,
    responseSerialize: serialize_pluginv2_CollectMetricsResponse,
    responseDeserialize: deserialize_pluginv2_CollectMetricsResponse,
  },
};

exports.DiagnosticsClient = grpc.makeGenericClientConstructor(DiagnosticsService, 'Diagnostics');
var StreamService = exports.StreamService = {
  subscribeStream: {
    path: '/pluginv2.Stream/SubscribeStream',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.SubscribeStreamRequest,
    responseType: grafana_backend_pb.SubscribeStreamResponse,
    requestSerialize: serialize_pluginv2_SubscribeStreamRequest,
    requestDeserialize: deserialize_pluginv2_SubscribeStreamRequest,
    responseSerialize: serialize_pluginv2_SubscribeStreamResponse,
    responseDeserialize: deserialize_pluginv2_SubscribeStreamResponse,
  },
  runStream: {
    path: '/pluginv2.Stream/RunStream',
    requestStream: false,
    responseStream: true,
    requestType: grafana_backend_pb.RunStreamRequest,
    responseType: grafana_backend_pb.StreamPacket,
    requestSerialize: serialize_pluginv2_RunStreamRequest,
    requestDeserialize: deserialize_pluginv2_RunStreamRequest,
    responseSerialize: serialize_pluginv2_StreamPacket,
    responseDeserialize: deserialize_pluginv2_StreamPacket,
  },
  publishStream: {
    path: '/pluginv2.Stream/PublishStream',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.PublishStreamRequest,
    responseType: grafana_backend_pb.PublishStreamResponse,
    requestSerialize: serialize_pluginv2_PublishStreamRequest,
    requestDeserialize: deserialize_pluginv2_PublishStreamRequest,
    responseSerialize: serialize_pluginv2_PublishStreamResponse,
    responseDeserialize: deserialize_pluginv2_PublishStreamResponse,
  },
};

exports.StreamClient = grpc.makeGenericClientConstructor(StreamService, 'Stream');
var AdmissionControlService = exports.AdmissionControlService = {
  validateAdmission: {
    path: '/pluginv2.AdmissionControl/ValidateAdmission',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.AdmissionRequest,
    responseType: grafana_backend_pb.ValidationResponse,
    requestSerialize: serialize_pluginv2_AdmissionRequest,
    requestDeserialize: deserialize_pluginv2_AdmissionRequest,
    responseSerialize: serialize_pluginv2_ValidationResponse,
    responseDeserialize: deserialize_pluginv2_ValidationResponse,
  },
  mutateAdmission: {
    path: '/pluginv2.AdmissionControl/MutateAdmission',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.AdmissionRequest,
    responseType: grafana_backend_pb.MutationResponse,
    requestSerialize: serialize_pluginv2_AdmissionRequest,
    requestDeserialize: deserialize_pluginv2_AdmissionRequest,
    responseSerialize: serialize_pluginv2_MutationResponse,
    responseDeserialize: deserialize_pluginv2_MutationResponse,
  },
};

exports.AdmissionControlClient = grpc.makeGenericClientConstructor(AdmissionControlService, 'AdmissionControl');
var ResourceConversionService = exports.ResourceConversionService = {
  convertObjects: {
    path: '/pluginv2.ResourceConversion/ConvertObjects',
    requestStream: false,
    responseStream: false,
    requestType: grafana_backend_pb.ConversionRequest,
    responseType: grafana_backend_pb.ConversionResponse,
    requestSerialize: serialize_pluginv2_ConversionRequest,
    requestDeserialize: deserialize_pluginv2_ConversionRequest,
    responseSerialize: serialize_pluginv2_ConversionResponse,
    responseDeserialize: deserialize_pluginv2_ConversionResponse,
  },
};

exports.ResourceConversionClient = grpc.makeGenericClientConstructor(ResourceConversionService, 'ResourceConversion');
