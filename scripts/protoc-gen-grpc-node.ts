/**
 * A protoc plugin that writes `*_grpc_pb.js`: service definitions and clients for @grpc/grpc-js.
 *
 * It stands in for grpc-tools' `grpc_node_plugin`, which no registry carries, and writes the same definitions.
 * A file without services gets no output.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import plugin from 'google-protobuf/google/protobuf/compiler/plugin_pb.js';
import type descriptor from 'google-protobuf/google/protobuf/descriptor_pb.js';

type File = descriptor.FileDescriptorProto;
type Service = descriptor.ServiceDescriptorProto;
type Method = descriptor.MethodDescriptorProto;

const STDIN = 0;
const STDOUT = 1;

const request = plugin.CodeGeneratorRequest.deserializeBinary(readFileSync(STDIN));
const fileOfMessage = new Map(request.getProtoFileList().flatMap(messagesOf));
writeFileSync(STDOUT, generate().serializeBinary());

function messagesOf(file: File): [string, File][] {
  const prefix = file.getPackage() ? `.${file.getPackage()}.` : '.';
  return file.getMessageTypeList().map((message) => [prefix + message.getName(), file]);
}

function generate(): plugin.CodeGeneratorResponse {
  const response = new plugin.CodeGeneratorResponse();
  const wanted = new Set(request.getFileToGenerateList());
  for (const file of request.getProtoFileList()) {
    if (!wanted.has(file.getName() ?? '') || file.getServiceList().length === 0) continue;
    const output = response.addFile();
    output?.setName(`${stem(file)}_grpc_pb.js`);
    output?.setContent(moduleOf(file));
  }
  return response;
}

function moduleOf(file: File): string {
  const methods = file.getServiceList().flatMap((service) => service.getMethodList());
  const messages = new Set(methods.flatMap((method) => [method.getInputType() ?? '', method.getOutputType() ?? '']));
  return [
    "// GENERATED CODE -- DO NOT EDIT!\n\n'use strict';\nvar grpc = require('@grpc/grpc-js');\n",
    ...[stem(file), ...file.getDependencyList().map(withoutExtension)].map((path) => requireOf(path, file)),
    '\n',
    ...[...messages].sort().map(converters),
    '\n',
    ...file.getServiceList().map((service) => definition(service, file)),
  ].join('');
}

function requireOf(path: string, from: File): string {
  const relative = posix.relative(posix.dirname(stem(from)), path);
  const target = path.startsWith('google/protobuf/')
    ? `google-protobuf/${path}`
    : relative.startsWith('.')
      ? relative
      : `./${relative}`;
  return `var ${variable(path)} = require('${target}_pb.js');\n`;
}

function converters(type: string): string {
  const [name, reference] = [identifier(type), classOf(type)];
  return `function serialize_${name}(arg) {
  if (!(arg instanceof ${reference})) {
    throw new Error('Expected argument of type ${type.slice(1)}');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_${name}(buffer_arg) {
  return ${reference}.deserializeBinary(new Uint8Array(buffer_arg));
}

`;
}

function definition(service: Service, file: File): string {
  const name = service.getName();
  const path = `/${file.getPackage() ? `${file.getPackage()}.` : ''}${name}/`;
  const methods = service.getMethodList().map((method) => methodOf(method, path));
  return `var ${name}Service = exports.${name}Service = {
${methods.join('')}};

exports.${name}Client = grpc.makeGenericClientConstructor(${name}Service, '${name}');
`;
}

function methodOf(method: Method, path: string): string {
  const [name, input, output] = [method.getName() ?? '', method.getInputType() ?? '', method.getOutputType() ?? ''];
  return `  ${name.charAt(0).toLowerCase()}${name.slice(1)}: {
    path: '${path}${name}',
    requestStream: ${method.getClientStreaming() ?? false},
    responseStream: ${method.getServerStreaming() ?? false},
    requestType: ${classOf(input)},
    responseType: ${classOf(output)},
    requestSerialize: serialize_${identifier(input)},
    requestDeserialize: deserialize_${identifier(input)},
    responseSerialize: serialize_${identifier(output)},
    responseDeserialize: deserialize_${identifier(output)},
  },
`;
}

function classOf(type: string): string {
  const file = fileOfMessage.get(type);
  if (!file) throw new Error(`Cannot generate a service: ${type} is not a top-level message of any file given`);
  return `${variable(stem(file))}.${type.slice(type.lastIndexOf('.') + 1)}`;
}

function identifier(type: string): string {
  return type.slice(1).replaceAll('.', '_');
}

function variable(path: string): string {
  return `${path.replaceAll(/[^A-Za-z0-9]/g, '_')}_pb`;
}

function stem(file: File): string {
  return withoutExtension(file.getName() ?? '');
}

function withoutExtension(path: string): string {
  return path.replace(/\.proto$/, '');
}
