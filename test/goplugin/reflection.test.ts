/** Reflection over a real socket, asked with the generated clients. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type ServiceError, status } from '@grpc/grpc-js';
import descriptorPb from 'google-protobuf/google/protobuf/descriptor_pb.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import kvDescriptor from '../../examples/generated/kv_descriptor.js';
import kvGrpc from '../../examples/generated/kv_grpc_pb.js';
import brokerDescriptor from '../../src/generated/goplugin/grpc_broker_descriptor.js';
import brokerGrpc from '../../src/generated/goplugin/grpc_broker_grpc_pb.js';
import backendDescriptor from '../../src/generated/grafana/backend_descriptor.js';
import backendGrpc from '../../src/generated/grafana/backend_grpc_pb.js';
import v1Grpc from '../../src/generated/grpc/reflection/v1/reflection_grpc_pb.js';
import pb from '../../src/generated/grpc/reflection/v1/reflection_pb.js';
import v1alphaGrpc from '../../src/generated/grpc/reflection/v1alpha/reflection_grpc_pb.js';
import v1alphaPb from '../../src/generated/grpc/reflection/v1alpha/reflection_pb.js';
import { type Connection, openConnection } from '../../src/goplugin/connection.ts';
import { controllerService } from '../../src/goplugin/controller.ts';
import { GrpcServer } from '../../src/goplugin/grpc-server.ts';
import { createLogger } from '../../src/goplugin/hclog.ts';
import { healthService } from '../../src/goplugin/health.ts';
import { OpenStreams } from '../../src/goplugin/open-streams.ts';
import { reflectionServices } from '../../src/goplugin/reflection/reflection-services.ts';
import type { PluginService } from '../../src/goplugin/service.ts';
import { Stdio } from '../../src/goplugin/stdio.ts';

const { FileDescriptorProto, FileDescriptorSet } = descriptorPb;

let directory: string;
let streams: OpenStreams;
let listener: Server;
let server: GrpcServer;
let connection: Connection;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'reflection-'));
  streams = new OpenStreams();
});

afterEach(async () => {
  connection.close();
  listener.close();
  expect(await server.stop(5_000)).toBe(true);
  rmSync(directory, { recursive: true });
});

/** Serves these beside their reflection, and connects. */
async function serve(services: readonly PluginService[]): Promise<void> {
  server = new GrpcServer([...services, ...reflectionServices(services, streams)]);
  listener = createServer((socket) => server.accept(socket));
  const address = path.join(directory, 'socket');
  await new Promise<void>((resolve) => listener.listen(address, resolve));
  connection = openConnection({ network: 'unix', address });
}

/** What go-plugin's server has, and Grafana's services and an example beside it, as none of them is called here. */
function allServices(): PluginService[] {
  const logger = createLogger({ name: 'test', write: () => undefined });
  return [
    healthService(streams),
    controllerService(() => undefined),
    new Stdio({ logger }).service,
    service(brokerGrpc.GRPCBrokerService, brokerDescriptor.fileDescriptorSet),
    service(backendGrpc.DataService, backendDescriptor.fileDescriptorSet),
    service(backendGrpc.DiagnosticsService, backendDescriptor.fileDescriptorSet),
    service(kvGrpc.KVService, kvDescriptor.fileDescriptorSet),
    service(greeterGrpc.GreeterService),
  ];
}

function service(definition: PluginService['definition'], fileDescriptorSet?: Uint8Array): PluginService {
  return { definition, implementation: {}, ...(fileDescriptorSet && { fileDescriptorSet }) };
}

type Answer = pb.ServerReflectionResponse.AsObject;

/** Sends these over one stream, ends it, and returns what came. */
async function ask(...requests: pb.ServerReflectionRequest[]): Promise<pb.ServerReflectionResponse[]> {
  const call = connection.client(v1Grpc.ServerReflectionClient).serverReflectionInfo();
  for (const request of requests) {
    call.write(request);
  }
  call.end();
  return collect(call);
}

async function collect<Response>(call: AsyncIterable<Response>): Promise<Response[]> {
  const responses: Response[] = [];
  for await (const response of call) {
    responses.push(response);
  }
  return responses;
}

async function names(request: pb.ServerReflectionRequest): Promise<string[]> {
  const [response] = await ask(request);
  return namesOf(response);
}

function namesOf(response: pb.ServerReflectionResponse | undefined): string[] {
  const files = response?.getFileDescriptorResponse()?.getFileDescriptorProtoList_asU8() ?? [];
  return files.map((bytes) => FileDescriptorProto.deserializeBinary(bytes).getName() ?? '');
}

function errorOf(response: pb.ServerReflectionResponse | undefined): Answer['errorResponse'] {
  return response?.getErrorResponse()?.toObject();
}

function listServices(): pb.ServerReflectionRequest {
  const request = new pb.ServerReflectionRequest();
  request.setListServices('*');
  return request;
}

function file(name: string): pb.ServerReflectionRequest {
  const request = new pb.ServerReflectionRequest();
  request.setFileByFilename(name);
  return request;
}

function symbol(name: string): pb.ServerReflectionRequest {
  const request = new pb.ServerReflectionRequest();
  request.setFileContainingSymbol(name);
  return request;
}

function extension(type: string, number: number): pb.ServerReflectionRequest {
  const inner = new pb.ExtensionRequest();
  inner.setContainingType(type);
  inner.setExtensionNumber(number);
  const request = new pb.ServerReflectionRequest();
  request.setFileContainingExtension(inner);
  return request;
}

function extensionNumbers(type: string): pb.ServerReflectionRequest {
  const request = new pb.ServerReflectionRequest();
  request.setAllExtensionNumbersOfType(type);
  return request;
}

describe('reflectionServices()', () => {
  test('lists all services by their full names, itself and those without descriptors too', async () => {
    await serve(allServices());
    const [response] = await ask(listServices());
    expect(response?.getListServicesResponse()?.toObject().serviceList).toEqual(
      [
        'com.example.protos.Greeter',
        'grpc.health.v1.Health',
        'grpc.reflection.v1.ServerReflection',
        'grpc.reflection.v1alpha.ServerReflection',
        'plugin.GRPCBroker',
        'plugin.GRPCController',
        'plugin.GRPCStdio',
        'pluginv2.Data',
        'pluginv2.Diagnostics',
        'proto.KV',
      ].map((name) => ({ name })),
    );
  });

  test('answers clients of v1alpha alike', async () => {
    await serve(allServices());
    const call = connection.client(v1alphaGrpc.ServerReflectionClient).serverReflectionInfo();
    const request = new v1alphaPb.ServerReflectionRequest();
    request.setFileContainingSymbol('grpc.reflection.v1alpha.ServerReflection');
    call.write(request);
    call.end();
    const [response] = await collect(call);
    const [bytes] = response?.getFileDescriptorResponse()?.getFileDescriptorProtoList_asU8() ?? [];
    expect(FileDescriptorProto.deserializeBinary(bytes ?? new Uint8Array()).getName()).toBe(
      'grpc/reflection/v1alpha/reflection.proto',
    );
    expect(response?.getOriginalRequest()?.toObject()).toEqual(request.toObject());
  });

  test('repeats the question and its host', async () => {
    await serve([]);
    const request = extension('a.B', 7);
    request.setHost('example.org');
    const [response] = await ask(request);
    expect(response?.getValidHost()).toBe('example.org');
    expect(response?.getOriginalRequest()?.toObject()).toEqual(request.toObject());
  });

  test('hands out a file by its name, with what it imports behind it', async () => {
    await serve(allServices());
    expect(await names(file('goplugin/grpc_stdio.proto'))).toEqual([
      'goplugin/grpc_stdio.proto',
      'google/protobuf/empty.proto',
    ]);
    expect(await names(file('google/protobuf/empty.proto'))).toEqual(['google/protobuf/empty.proto']);
  });

  test('finds the file of every service that it lists and that has descriptors', async () => {
    await serve(allServices());
    const [list] = await ask(listServices());
    const listed = list?.getListServicesResponse()?.getServiceList() ?? [];
    const answers = await ask(...listed.map((one) => symbol(one.getName())));
    const found = Object.fromEntries(listed.map((one, index) => [one.getName(), namesOf(answers[index])[0]]));
    expect(found).toEqual({
      'com.example.protos.Greeter': undefined,
      'grpc.health.v1.Health': 'goplugin/health.proto',
      'grpc.reflection.v1.ServerReflection': 'grpc/reflection/v1/reflection.proto',
      'grpc.reflection.v1alpha.ServerReflection': 'grpc/reflection/v1alpha/reflection.proto',
      'plugin.GRPCBroker': 'goplugin/grpc_broker.proto',
      'plugin.GRPCController': 'goplugin/grpc_controller.proto',
      'plugin.GRPCStdio': 'goplugin/grpc_stdio.proto',
      'pluginv2.Data': 'grafana/backend.proto',
      'pluginv2.Diagnostics': 'grafana/backend.proto',
      'proto.KV': 'kv.proto',
    });
  });

  test.each([
    ['a method', 'plugin.GRPCBroker.StartStream', 'goplugin/grpc_broker.proto'],
    ['a message', 'plugin.ConnInfo', 'goplugin/grpc_broker.proto'],
    ['a message inside of a message', 'plugin.ConnInfo.Knock', 'goplugin/grpc_broker.proto'],
    ['its field', 'plugin.ConnInfo.Knock.ack', 'goplugin/grpc_broker.proto'],
    ['the entry of a map', 'pluginv2.QueryDataRequest.HeadersEntry', 'grafana/backend.proto'],
    ['a oneof', 'grpc.reflection.v1.ServerReflectionRequest.message_request', 'grpc/reflection/v1/reflection.proto'],
    ['an enum', 'pluginv2.DataFrameFormat', 'grafana/backend.proto'],
    ['its value, which stands beside it', 'pluginv2.ARROW', 'grafana/backend.proto'],
    ['an enum inside of a message', 'plugin.StdioData.Channel', 'goplugin/grpc_stdio.proto'],
    ['its value', 'plugin.StdioData.STDOUT', 'goplugin/grpc_stdio.proto'],
    ['what is only imported', 'google.protobuf.Empty', 'google/protobuf/empty.proto'],
    ['a name with a dot in front', '.proto.KV', 'kv.proto'],
  ])('finds the file that defines %s', async (_what, name, expected) => {
    await serve(allServices());
    expect((await names(symbol(name)))[0]).toBe(expected);
  });

  test('sends no import twice over one stream, but always what is asked for', async () => {
    await serve(allServices());
    const again = await ask(
      file('google/protobuf/empty.proto'),
      file('goplugin/grpc_stdio.proto'),
      file('goplugin/grpc_stdio.proto'),
    );
    expect(again.map(namesOf)).toEqual([
      ['google/protobuf/empty.proto'],
      ['goplugin/grpc_stdio.proto'],
      ['goplugin/grpc_stdio.proto'],
    ]);
  });

  test('says NOT_FOUND inside the stream, and goes on', async () => {
    await serve(allServices());
    const answers = await ask(
      file('lost.proto'),
      symbol('plugin.Lost'),
      symbol('plugin.GRPCBroker.Lost'),
      symbol('plugin'),
      symbol('..proto.KV'),
      symbol(''),
      extension('plugin.ConnInfo', 100),
      extension('plugin.Lost', 100),
      extensionNumbers('plugin.Lost'),
      extensionNumbers('plugin.ConnInfo'),
    );
    const code = status.NOT_FOUND;
    expect(answers.slice(0, -1).map((one) => errorOf(one))).toEqual([
      { errorCode: code, errorMessage: 'No file "lost.proto" is described here' },
      { errorCode: code, errorMessage: 'No symbol "plugin.Lost" is described here' },
      { errorCode: code, errorMessage: 'No symbol "plugin.GRPCBroker.Lost" is described here' },
      { errorCode: code, errorMessage: 'No symbol "plugin" is described here' },
      { errorCode: code, errorMessage: 'No symbol "..proto.KV" is described here' },
      { errorCode: code, errorMessage: 'No symbol "" is described here' },
      { errorCode: code, errorMessage: 'No extension 100 of "plugin.ConnInfo" is described here' },
      { errorCode: code, errorMessage: 'No extension 100 of "plugin.Lost" is described here' },
      { errorCode: code, errorMessage: 'No type "plugin.Lost" is described here' },
    ]);
    expect(answers.at(-1)?.getAllExtensionNumbersResponse()?.toObject()).toEqual({
      baseTypeName: 'plugin.ConnInfo',
      extensionNumberList: [],
    });
  });

  test('finds extensions, also those that a message holds, by the type that they extend', async () => {
    await serve([service(kvGrpc.KVService, extendingSet())]);
    const answers = await ask(
      extension('ext.Base', 101),
      extension('.ext.Base', 100),
      extensionNumbers('.ext.Base'),
      symbol('ext.Holder.Inner.second'),
      symbol('ext.first'),
    );
    expect(answers.map(namesOf)).toEqual([
      ['extending.proto', 'base.proto'],
      ['extending.proto'],
      [],
      ['extending.proto'],
      ['extending.proto'],
    ]);
    expect(answers[2]?.getAllExtensionNumbersResponse()?.toObject()).toEqual({
      baseTypeName: '.ext.Base',
      extensionNumberList: [100, 101],
    });
  });

  test('fails the call with INVALID_ARGUMENT where a request asks for nothing', async () => {
    await serve(allServices());
    const call = connection.client(v1Grpc.ServerReflectionClient).serverReflectionInfo();
    call.write(new pb.ServerReflectionRequest());
    const error = await collect(call).catch((error: ServiceError) => error);
    expect(error).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'The request asks for nothing that is known here',
    });
  });

  test('gives descriptors back as they came, with what this library does not know of them', async () => {
    // Field 1000 is no field of a FileDescriptorProto.
    const bytes = Buffer.concat([Buffer.from('\x0a\x09new.proto'), Buffer.from([0xc2, 0x3e, 1, 42])]);
    const set = Buffer.concat([Buffer.from([0x0a, bytes.length]), bytes]);
    await serve([service(kvGrpc.KVService, set)]);
    const [response] = await ask(file('new.proto'));
    const [sent] = response?.getFileDescriptorResponse()?.getFileDescriptorProtoList_asU8() ?? [];
    expect(Buffer.from(sent ?? [])).toEqual(bytes);
  });

  test('takes the first of two files that share a name, and leaves out imports that nobody describes', async () => {
    const first = new FileDescriptorProto();
    first.setName('same.proto');
    first.setDependencyList(['lost.proto']);
    first.addMessageType().setName('First');
    const second = new FileDescriptorProto();
    second.setName('same.proto');
    second.addMessageType().setName('Second');
    await serve([service(kvGrpc.KVService, setOf(first)), service(greeterGrpc.GreeterService, setOf(second))]);
    const [found, lost] = await ask(symbol('First'), symbol('Second'));
    expect(namesOf(found)).toEqual(['same.proto']);
    expect(errorOf(lost)?.errorCode).toBe(status.NOT_FOUND);
  });

  test('reads descriptors only when they are asked for, and then says whose cannot be read', async () => {
    await serve([service(kvGrpc.KVService, Buffer.from([0x0a, 100, 1]))]);
    const [list] = await ask(listServices());
    expect(list?.getListServicesResponse()?.getServiceList()).toHaveLength(3);
    const error = await ask(file('any.proto')).catch((error: ServiceError) => error);
    expect(error).toMatchObject({
      code: status.INTERNAL,
      details: expect.stringMatching(/^Cannot read the fileDescriptorSet of proto\.KV: ./),
    });
  });

  test('answers no faster than its client reads, and then all of it in order', async () => {
    let looks = 0;
    const longList = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => {
        const path = `/a.package.with.a.long.name.Service${index}/Do`;
        return [path, { ...kvGrpc.KVService.get, path }];
      }),
    );
    await serve([
      {
        get definition() {
          looks += 1;
          return longList;
        },
        implementation: {},
      },
    ]);
    const looksBefore = looks;
    const hosts = Array.from({ length: 600 }, (_, index) => String(index));
    const call = connection.client(v1Grpc.ServerReflectionClient).serverReflectionInfo();
    for (const host of hosts) {
      const request = listServices();
      request.setHost(host);
      call.write(request);
    }
    call.end();
    // A client of grpc-js holds nothing back before it reads for the first time.
    const answers = call[Symbol.asyncIterator]();
    expect((await answers.next()).done).toBe(false);
    // So many answers on another connection give the first one all the time it could want.
    const other = openConnection({ network: 'unix', address: path.join(directory, 'socket') });
    for (let round = 0; round < 150; round++) {
      const second = other.client(v1Grpc.ServerReflectionClient).serverReflectionInfo();
      second.write(file('lost.proto'));
      second.end();
      expect(await collect(second)).toHaveLength(1);
    }
    other.close();
    // What the window of HTTP/2 and the queues of both sides hold, however many are asked for.
    expect(looks - looksBefore).toBeLessThan(100);
    const rest = await collect({ [Symbol.asyncIterator]: () => answers });
    expect(rest.map((response) => response.getValidHost())).toEqual(hosts.slice(1));
  });

  test('ends a stream that its client keeps open when the plugin ends', async () => {
    await serve(allServices());
    const call = connection.client(v1Grpc.ServerReflectionClient).serverReflectionInfo();
    call.write(listServices());
    await new Promise((resolve) => call.once('data', resolve));
    const ended = new Promise((resolve) => call.resume().once('status', resolve));
    streams.endAll();
    expect(await ended).toMatchObject({ code: status.OK });
  });
});

/** base.proto has ext.Base; extending.proto extends it by 101 at its top and by 100 in ext.Holder.Inner. */
function extendingSet(): Uint8Array {
  const base = new FileDescriptorProto();
  base.setName('base.proto');
  base.setPackage('ext');
  base.addMessageType().setName('Base');
  const extending = new FileDescriptorProto();
  extending.setName('extending.proto');
  extending.setPackage('ext');
  extending.setDependencyList(['base.proto']);
  extending.setExtensionList([extensionField('first', 101)]);
  const holder = extending.addMessageType();
  holder.setName('Holder');
  const inner = holder.addNestedType();
  inner.setName('Inner');
  inner.setExtensionList([extensionField('second', 100)]);
  return setOf(base, extending);
}

function extensionField(name: string, number: number): descriptorPb.FieldDescriptorProto {
  const field = new descriptorPb.FieldDescriptorProto();
  field.setName(name);
  field.setNumber(number);
  field.setExtendee('.ext.Base');
  return field;
}

function setOf(...files: descriptorPb.FileDescriptorProto[]): Uint8Array {
  const set = new FileDescriptorSet();
  set.setFileList(files);
  return set.serializeBinary();
}
