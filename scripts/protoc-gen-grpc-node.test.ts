import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import plugin from 'google-protobuf/google/protobuf/compiler/plugin_pb.js';
import descriptor from 'google-protobuf/google/protobuf/descriptor_pb.js';
import { describe, expect, test } from 'vitest';

const { DescriptorProto, FileDescriptorProto, MethodDescriptorProto, ServiceDescriptorProto } = descriptor;

describe('protoc-gen-grpc-node', () => {
  test('writes definitions and a client for each service, and loads messages from where they are', () => {
    const empty = file('google/protobuf/empty.proto', 'google.protobuf', ['Empty']);
    const chat = file('a/b/two-way.chat.proto', 'chat.v1', ['Word']);
    chat.addDependency('google/protobuf/empty.proto');
    chat.addService(service('Talk', [method('Say', '.chat.v1.Word', '.google.protobuf.Empty', true, false)]));
    chat.addService(service('Listen', [method('hear', '.google.protobuf.Empty', '.chat.v1.Word', false, true)]));

    const [output, ...rest] = run([empty, chat], ['a/b/two-way.chat.proto']);
    expect(rest).toEqual([]);
    expect(output?.getName()).toBe('a/b/two-way.chat_grpc_pb.js');
    // What grpc-tools' grpc_node_plugin writes, by its source (grpc-node, packages/grpc-tools/src/node_generator.cc).
    expect(output?.getContent()).toBe(`// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var a_b_two$way_chat_pb = require('../../a/b/two-way.chat_pb.js');
var google_protobuf_empty_pb = require('google-protobuf/google/protobuf/empty_pb.js');

function serialize_chat_v1_Word(arg) {
  if (!(arg instanceof a_b_two$way_chat_pb.Word)) {
    throw new Error('Expected argument of type chat.v1.Word');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_chat_v1_Word(buffer_arg) {
  return a_b_two$way_chat_pb.Word.deserializeBinary(new Uint8Array(buffer_arg));
}

function serialize_google_protobuf_Empty(arg) {
  if (!(arg instanceof google_protobuf_empty_pb.Empty)) {
    throw new Error('Expected argument of type google.protobuf.Empty');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_google_protobuf_Empty(buffer_arg) {
  return google_protobuf_empty_pb.Empty.deserializeBinary(new Uint8Array(buffer_arg));
}


var TalkService = exports.TalkService = {
  say: {
    path: '/chat.v1.Talk/Say',
    requestStream: true,
    responseStream: false,
    requestType: a_b_two$way_chat_pb.Word,
    responseType: google_protobuf_empty_pb.Empty,
    requestSerialize: serialize_chat_v1_Word,
    requestDeserialize: deserialize_chat_v1_Word,
    responseSerialize: serialize_google_protobuf_Empty,
    responseDeserialize: deserialize_google_protobuf_Empty,
  },
};

exports.TalkClient = grpc.makeGenericClientConstructor(TalkService, 'Talk');
var ListenService = exports.ListenService = {
  hear: {
    path: '/chat.v1.Listen/hear',
    requestStream: false,
    responseStream: true,
    requestType: google_protobuf_empty_pb.Empty,
    responseType: a_b_two$way_chat_pb.Word,
    requestSerialize: serialize_google_protobuf_Empty,
    requestDeserialize: deserialize_google_protobuf_Empty,
    responseSerialize: serialize_chat_v1_Word,
    responseDeserialize: deserialize_chat_v1_Word,
  },
};

exports.ListenClient = grpc.makeGenericClientConstructor(ListenService, 'Listen');
`);
  });

  test('leaves the package out of paths and names where a file has none', () => {
    const plain = file('plain.proto', '', ['M']);
    plain.addService(service('S', [method('Do', '.M', '.M', false, false)]));
    const text = run([plain], ['plain.proto'])[0]?.getContent() ?? '';
    expect(text).toContain("var plain_pb = require('./plain_pb.js');");
    expect(text).toContain("path: '/S/Do',");
    expect(text).toContain('function serialize_M(arg) {');
  });

  test('writes nothing for a file without services, nor for one that is only imported', () => {
    const imported = file('imported.proto', 'p', ['M']);
    imported.addService(service('S', [method('Do', '.p.M', '.p.M', false, false)]));
    expect(run([imported, file('bare.proto', 'p', ['N'])], ['bare.proto'])).toEqual([]);
  });

  test('finds a message inside of a message', () => {
    const nested = file('nested.proto', 'p', ['Read']);
    const inner = new DescriptorProto();
    inner.setName('Request');
    nested.getMessageTypeList()[0]?.addNestedType(inner);
    nested.addService(service('S', [method('Read', '.p.Read.Request', '.p.Read', false, false)]));
    const text = run([nested], ['nested.proto'])[0]?.getContent() ?? '';
    expect(text).toContain('function deserialize_p_Read_Request(buffer_arg) {');
    expect(text).toContain('return nested_pb.Read.Request.deserializeBinary(');
    expect(text).toContain('requestType: nested_pb.Read.Request,');
  });

  test('fails with a sentence on a message that it cannot find', () => {
    const lost = file('lost.proto', 'p', []);
    lost.addService(service('S', [method('Do', '.p.Lost', '.p.Lost', false, false)]));
    const { status, stderr } = spawn([lost], ['lost.proto']);
    expect(status).not.toBe(0);
    expect(stderr.toString()).toContain('Cannot generate a service: .p.Lost is no message of the files at hand');
  });
});

function run(files: descriptor.FileDescriptorProto[], wanted: string[]): plugin.CodeGeneratorResponse.File[] {
  const { status, stdout, stderr } = spawn(files, wanted);
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
  return plugin.CodeGeneratorResponse.deserializeBinary(stdout).getFileList();
}

function spawn(files: descriptor.FileDescriptorProto[], wanted: string[]) {
  const request = new plugin.CodeGeneratorRequest();
  request.setFileToGenerateList(wanted);
  request.setProtoFileList(files);
  const script = join(import.meta.dirname, 'protoc-gen-grpc-node.ts');
  return spawnSync(process.execPath, [script], { input: request.serializeBinary() });
}

function file(name: string, packageName: string, messages: string[]): descriptor.FileDescriptorProto {
  const result = new FileDescriptorProto();
  result.setName(name);
  result.setPackage(packageName);
  for (const message of messages) {
    const type = new DescriptorProto();
    type.setName(message);
    result.addMessageType(type);
  }
  return result;
}

function service(name: string, methods: descriptor.MethodDescriptorProto[]): descriptor.ServiceDescriptorProto {
  const result = new ServiceDescriptorProto();
  result.setName(name);
  result.setMethodList(methods);
  return result;
}

function method(name: string, input: string, output: string, clientStreams: boolean, serverStreams: boolean) {
  const result = new MethodDescriptorProto();
  result.setName(name);
  result.setInputType(input);
  result.setOutputType(output);
  result.setClientStreaming(clientStreams);
  result.setServerStreaming(serverStreams);
  return result;
}
