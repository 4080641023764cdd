/**
 * A protoc plugin that writes `*_grpc_pb.js`: service definitions and clients for @grpc/grpc-js. It stands in for
 * grpc-tools' `grpc_node_plugin`, which no registry carries, and writes what that one writes, comments aside.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import plugin from 'google-protobuf/google/protobuf/compiler/plugin_pb.js';
import type descriptor from 'google-protobuf/google/protobuf/descriptor_pb.js';

type File = descriptor.FileDescriptorProto;

const [STDIN, STDOUT] = [0, 1];
const request = plugin.CodeGeneratorRequest.deserializeBinary(readFileSync(STDIN));
const fileOfMessage = new Map(request.getProtoFileList().flatMap(messagesOf));
writeFileSync(STDOUT, generate().serializeBinary());

function messagesOf(file: File): [string, File][] {
  const nested = (message: descriptor.DescriptorProto, path: string): string[] => [
    path,
    ...message.getNestedTypeList().flatMap((inner) => nested(inner, `${path}.${inner.getName()}`)),
  ];
  return file
    .getMessageTypeList()
    .flatMap((message) => nested(message, `.${qualify(file, message.getName())}`))
    .map((name) => [name, file]);
}

function generate(): plugin.CodeGeneratorResponse {
  const response = new plugin.CodeGeneratorResponse();
  const wanted = new Set(request.getFileToGenerateList());
  for (const file of request.getProtoFileList()) {
    if (!wanted.has(file.getName() ?? '') || file.getServiceList().length === 0) {
      continue;
    }
    const output = new plugin.CodeGeneratorResponse.File();
    output.setName(`${stem(file.getName())}_grpc_pb.js`);
    output.setContent(moduleOf(file));
    response.addFile(output);
  }
  return response;
}

function moduleOf(file: File): string {
  const methods = file.getServiceList().flatMap((service) => service.getMethodList());
  const messages = new Set(methods.flatMap((method) => [method.getInputType() ?? '', method.getOutputType() ?? '']));
  return [
    "// GENERATED CODE -- DO NOT EDIT!\n\n'use strict';\nvar grpc = require('@grpc/grpc-js');\n",
    ...[file.getName() ?? '', ...file.getDependencyList()].map((name) => requireOf(name, file)),
    '\n',
    ...[...messages].sort().map(convertersOf),
    '\n',
    ...file.getServiceList().map((service) => serviceOf(service, file)),
  ].join('');
}

function requireOf(name: string, from: File): string {
  const depth = (from.getName() ?? '').split('/').length - 1;
  const root = name.startsWith('google/protobuf/') ? 'google-protobuf/' : '../'.repeat(depth) || './';
  return `var ${variableOf(name)} = require('${root}${stem(name)}_pb.js');\n`;
}

function convertersOf(type: string): string {
  return `function serialize_${identifierOf(type)}(arg) {
  if (!(arg instanceof ${classOf(type)})) {
    throw new Error('Expected argument of type ${type.slice(1)}');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_${identifierOf(type)}(buffer_arg) {
  return ${classOf(type)}.deserializeBinary(new Uint8Array(buffer_arg));
}\n\n`;
}

function serviceOf(service: descriptor.ServiceDescriptorProto, file: File): string {
  const name = service.getName();
  const methods = service.getMethodList().map((method) => methodOf(method, `/${qualify(file, name)}/`));
  return `var ${name}Service = exports.${name}Service = {\n${methods.join('')}};

exports.${name}Client = grpc.makeGenericClientConstructor(${name}Service, '${name}');\n`;
}

function methodOf(method: descriptor.MethodDescriptorProto, prefix: string): string {
  const name = method.getName() ?? '';
  const [input, output] = [method.getInputType() ?? '', method.getOutputType() ?? ''];
  return `  ${name.charAt(0).toLowerCase()}${name.slice(1)}: {
    path: '${prefix}${name}',
    requestStream: ${method.getClientStreaming() ?? false},
    responseStream: ${method.getServerStreaming() ?? false},
    requestType: ${classOf(input)},
    responseType: ${classOf(output)},
    requestSerialize: serialize_${identifierOf(input)},
    requestDeserialize: deserialize_${identifierOf(input)},
    responseSerialize: serialize_${identifierOf(output)},
    responseDeserialize: deserialize_${identifierOf(output)},
  },\n`;
}

function classOf(type: string): string {
  const file = fileOfMessage.get(type);
  if (!file) {
    throw new Error(`Cannot generate a service: ${type} is no message of the files at hand`);
  }
  const prefix = `.${qualify(file)}`;
  return `${variableOf(file.getName())}.${type.slice(prefix.length)}`;
}

/** The variable that holds a file's messages, escaped as the other generators do. */
function variableOf(name = ''): string {
  return `${stem(name).replaceAll('-', '$').replaceAll(/[/.]/g, '_')}_pb`;
}

function identifierOf(type: string): string {
  return type.slice(1).replaceAll('.', '_');
}

function qualify(file: File, name = ''): string {
  return file.getPackage() ? `${file.getPackage()}.${name}` : name;
}

function stem(name = ''): string {
  return name.replace(/\.proto$/, '');
}
