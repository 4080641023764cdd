// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var peer_pb = require('./peer_pb.js');

function serialize_quiver_conformance_Blob(arg) {
  if (!(arg instanceof peer_pb.Blob)) {
    throw new Error('Expected argument of type quiver.conformance.Blob');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_Blob(buffer_arg) {
  return peer_pb.Blob.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_CallBackReply(arg) {
  if (!(arg instanceof peer_pb.CallBackReply)) {
    throw new Error('Expected argument of type quiver.conformance.CallBackReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_CallBackReply(buffer_arg) {
  return peer_pb.CallBackReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_CallBackRequest(arg) {
  if (!(arg instanceof peer_pb.CallBackRequest)) {
    throw new Error('Expected argument of type quiver.conformance.CallBackRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_CallBackRequest(buffer_arg) {
  return peer_pb.CallBackRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_CountRequest(arg) {
  if (!(arg instanceof peer_pb.CountRequest)) {
    throw new Error('Expected argument of type quiver.conformance.CountRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_CountRequest(buffer_arg) {
  return peer_pb.CountRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_Counted(arg) {
  if (!(arg instanceof peer_pb.Counted)) {
    throw new Error('Expected argument of type quiver.conformance.Counted');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_Counted(buffer_arg) {
  return peer_pb.Counted.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_DescribeRequest(arg) {
  if (!(arg instanceof peer_pb.DescribeRequest)) {
    throw new Error('Expected argument of type quiver.conformance.DescribeRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_DescribeRequest(buffer_arg) {
  return peer_pb.DescribeRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_Description(arg) {
  if (!(arg instanceof peer_pb.Description)) {
    throw new Error('Expected argument of type quiver.conformance.Description');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_Description(buffer_arg) {
  return peer_pb.Description.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_EchoMessage(arg) {
  if (!(arg instanceof peer_pb.EchoMessage)) {
    throw new Error('Expected argument of type quiver.conformance.EchoMessage');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_EchoMessage(buffer_arg) {
  return peer_pb.EchoMessage.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_FillRequest(arg) {
  if (!(arg instanceof peer_pb.FillRequest)) {
    throw new Error('Expected argument of type quiver.conformance.FillRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_FillRequest(buffer_arg) {
  return peer_pb.FillRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_HoldRequest(arg) {
  if (!(arg instanceof peer_pb.HoldRequest)) {
    throw new Error('Expected argument of type quiver.conformance.HoldRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_HoldRequest(buffer_arg) {
  return peer_pb.HoldRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_Holding(arg) {
  if (!(arg instanceof peer_pb.Holding)) {
    throw new Error('Expected argument of type quiver.conformance.Holding');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_Holding(buffer_arg) {
  return peer_pb.Holding.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_LogReply(arg) {
  if (!(arg instanceof peer_pb.LogReply)) {
    throw new Error('Expected argument of type quiver.conformance.LogReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_LogReply(buffer_arg) {
  return peer_pb.LogReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_LogRequest(arg) {
  if (!(arg instanceof peer_pb.LogRequest)) {
    throw new Error('Expected argument of type quiver.conformance.LogRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_LogRequest(buffer_arg) {
  return peer_pb.LogRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_Measurement(arg) {
  if (!(arg instanceof peer_pb.Measurement)) {
    throw new Error('Expected argument of type quiver.conformance.Measurement');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_Measurement(buffer_arg) {
  return peer_pb.Measurement.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_PanicReply(arg) {
  if (!(arg instanceof peer_pb.PanicReply)) {
    throw new Error('Expected argument of type quiver.conformance.PanicReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_PanicReply(buffer_arg) {
  return peer_pb.PanicReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_PanicRequest(arg) {
  if (!(arg instanceof peer_pb.PanicRequest)) {
    throw new Error('Expected argument of type quiver.conformance.PanicRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_PanicRequest(buffer_arg) {
  return peer_pb.PanicRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_PrintReply(arg) {
  if (!(arg instanceof peer_pb.PrintReply)) {
    throw new Error('Expected argument of type quiver.conformance.PrintReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_PrintReply(buffer_arg) {
  return peer_pb.PrintReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_PrintRequest(arg) {
  if (!(arg instanceof peer_pb.PrintRequest)) {
    throw new Error('Expected argument of type quiver.conformance.PrintRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_PrintRequest(buffer_arg) {
  return peer_pb.PrintRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_ServeReply(arg) {
  if (!(arg instanceof peer_pb.ServeReply)) {
    throw new Error('Expected argument of type quiver.conformance.ServeReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_ServeReply(buffer_arg) {
  return peer_pb.ServeReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_ServeRequest(arg) {
  if (!(arg instanceof peer_pb.ServeRequest)) {
    throw new Error('Expected argument of type quiver.conformance.ServeRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_ServeRequest(buffer_arg) {
  return peer_pb.ServeRequest.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_TellReply(arg) {
  if (!(arg instanceof peer_pb.TellReply)) {
    throw new Error('Expected argument of type quiver.conformance.TellReply');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_TellReply(buffer_arg) {
  return peer_pb.TellReply.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_quiver_conformance_TellRequest(arg) {
  if (!(arg instanceof peer_pb.TellRequest)) {
    throw new Error('Expected argument of type quiver.conformance.TellRequest');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_quiver_conformance_TellRequest(buffer_arg) {
  return peer_pb.TellRequest.deserializeBinary(new Uint8Array(buffer_arg));
}


var PeerService = exports.PeerService = {
  describe: {
    path: '/quiver.conformance.Peer/Describe',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.DescribeRequest,
    responseType: peer_pb.Description,
    requestSerialize: serialize_quiver_conformance_DescribeRequest,
    requestDeserialize: deserialize_quiver_conformance_DescribeRequest,
    responseSerialize: serialize_quiver_conformance_Description,
    responseDeserialize: deserialize_quiver_conformance_Description,
  },
  count: {
    path: '/quiver.conformance.Peer/Count',
    requestStream: false,
    responseStream: true,
    requestType: peer_pb.CountRequest,
    responseType: peer_pb.Counted,
    requestSerialize: serialize_quiver_conformance_CountRequest,
    requestDeserialize: deserialize_quiver_conformance_CountRequest,
    responseSerialize: serialize_quiver_conformance_Counted,
    responseDeserialize: deserialize_quiver_conformance_Counted,
  },
  echo: {
    path: '/quiver.conformance.Peer/Echo',
    requestStream: true,
    responseStream: true,
    requestType: peer_pb.EchoMessage,
    responseType: peer_pb.EchoMessage,
    requestSerialize: serialize_quiver_conformance_EchoMessage,
    requestDeserialize: deserialize_quiver_conformance_EchoMessage,
    responseSerialize: serialize_quiver_conformance_EchoMessage,
    responseDeserialize: deserialize_quiver_conformance_EchoMessage,
  },
  hold: {
    path: '/quiver.conformance.Peer/Hold',
    requestStream: false,
    responseStream: true,
    requestType: peer_pb.HoldRequest,
    responseType: peer_pb.Holding,
    requestSerialize: serialize_quiver_conformance_HoldRequest,
    requestDeserialize: deserialize_quiver_conformance_HoldRequest,
    responseSerialize: serialize_quiver_conformance_Holding,
    responseDeserialize: deserialize_quiver_conformance_Holding,
  },
  fill: {
    path: '/quiver.conformance.Peer/Fill',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.FillRequest,
    responseType: peer_pb.Blob,
    requestSerialize: serialize_quiver_conformance_FillRequest,
    requestDeserialize: deserialize_quiver_conformance_FillRequest,
    responseSerialize: serialize_quiver_conformance_Blob,
    responseDeserialize: deserialize_quiver_conformance_Blob,
  },
  measure: {
    path: '/quiver.conformance.Peer/Measure',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.Blob,
    responseType: peer_pb.Measurement,
    requestSerialize: serialize_quiver_conformance_Blob,
    requestDeserialize: deserialize_quiver_conformance_Blob,
    responseSerialize: serialize_quiver_conformance_Measurement,
    responseDeserialize: deserialize_quiver_conformance_Measurement,
  },
  print: {
    path: '/quiver.conformance.Peer/Print',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.PrintRequest,
    responseType: peer_pb.PrintReply,
    requestSerialize: serialize_quiver_conformance_PrintRequest,
    requestDeserialize: deserialize_quiver_conformance_PrintRequest,
    responseSerialize: serialize_quiver_conformance_PrintReply,
    responseDeserialize: deserialize_quiver_conformance_PrintReply,
  },
  log: {
    path: '/quiver.conformance.Peer/Log',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.LogRequest,
    responseType: peer_pb.LogReply,
    requestSerialize: serialize_quiver_conformance_LogRequest,
    requestDeserialize: deserialize_quiver_conformance_LogRequest,
    responseSerialize: serialize_quiver_conformance_LogReply,
    responseDeserialize: deserialize_quiver_conformance_LogReply,
  },
  panic: {
    path: '/quiver.conformance.Peer/Panic',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.PanicRequest,
    responseType: peer_pb.PanicReply,
    requestSerialize: serialize_quiver_conformance_PanicRequest,
    requestDeserialize: deserialize_quiver_conformance_PanicRequest,
    responseSerialize: serialize_quiver_conformance_PanicReply,
    responseDeserialize: deserialize_quiver_conformance_PanicReply,
  },
  callBack: {
    path: '/quiver.conformance.Peer/CallBack',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.CallBackRequest,
    responseType: peer_pb.CallBackReply,
    requestSerialize: serialize_quiver_conformance_CallBackRequest,
    requestDeserialize: deserialize_quiver_conformance_CallBackRequest,
    responseSerialize: serialize_quiver_conformance_CallBackReply,
    responseDeserialize: deserialize_quiver_conformance_CallBackReply,
  },
  serve: {
    path: '/quiver.conformance.Peer/Serve',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.ServeRequest,
    responseType: peer_pb.ServeReply,
    requestSerialize: serialize_quiver_conformance_ServeRequest,
    requestDeserialize: deserialize_quiver_conformance_ServeRequest,
    responseSerialize: serialize_quiver_conformance_ServeReply,
    responseDeserialize: deserialize_quiver_conformance_ServeReply,
  },
};

exports.PeerClient = grpc.makeGenericClientConstructor(PeerService, 'Peer');
var CallbackService = exports.CallbackService = {
  tell: {
    path: '/quiver.conformance.Callback/Tell',
    requestStream: false,
    responseStream: false,
    requestType: peer_pb.TellRequest,
    responseType: peer_pb.TellReply,
    requestSerialize: serialize_quiver_conformance_TellRequest,
    requestDeserialize: deserialize_quiver_conformance_TellRequest,
    responseSerialize: serialize_quiver_conformance_TellReply,
    responseDeserialize: deserialize_quiver_conformance_TellReply,
  },
};

exports.CallbackClient = grpc.makeGenericClientConstructor(CallbackService, 'Callback');
