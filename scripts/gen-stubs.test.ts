/** The committed stubs, loaded the way the rest of the project loads them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { build } from 'esbuild';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import descriptorPb from 'google-protobuf/google/protobuf/descriptor_pb.js';
import { describe, expect, test } from 'vitest';
import counterDescriptor from '../examples/generated/counter_descriptor.js';
import counter from '../examples/generated/counter_grpc_pb.js';
import helloDescriptor from '../examples/generated/hello_descriptor.js';
import hello from '../examples/generated/hello_grpc_pb.js';
import kvDescriptor from '../examples/generated/kv_descriptor.js';
import kv from '../examples/generated/kv_grpc_pb.js';
import kvPb from '../examples/generated/kv_pb.js';
import streamerDescriptor from '../examples/generated/streamer_descriptor.js';
import streamer from '../examples/generated/streamer_grpc_pb.js';
import streamerPb from '../examples/generated/streamer_pb.js';
import details from '../src/generated/google/rpc/error_details_pb.js';
import rpc from '../src/generated/google/rpc/status_pb.js';
import brokerDescriptor from '../src/generated/goplugin/grpc_broker_descriptor.js';
import broker from '../src/generated/goplugin/grpc_broker_grpc_pb.js';
import controllerDescriptor from '../src/generated/goplugin/grpc_controller_descriptor.js';
import controller from '../src/generated/goplugin/grpc_controller_grpc_pb.js';
import stdioDescriptor from '../src/generated/goplugin/grpc_stdio_descriptor.js';
import stdio from '../src/generated/goplugin/grpc_stdio_grpc_pb.js';
import healthDescriptor from '../src/generated/goplugin/health_descriptor.js';
import health from '../src/generated/goplugin/health_grpc_pb.js';
import backendDescriptor from '../src/generated/grafana/backend_descriptor.js';
import backend from '../src/generated/grafana/backend_grpc_pb.js';
import pb from '../src/generated/grafana/backend_pb.js';
import reflectionDescriptor from '../src/generated/grpc/reflection/v1/reflection_descriptor.js';
import reflection from '../src/generated/grpc/reflection/v1/reflection_grpc_pb.js';
import reflectionAlphaDescriptor from '../src/generated/grpc/reflection/v1alpha/reflection_descriptor.js';
import reflectionAlpha from '../src/generated/grpc/reflection/v1alpha/reflection_grpc_pb.js';
import peerDescriptor from '../test/conformance/interop/typescript/generated/peer_descriptor.js';
import peer from '../test/conformance/interop/typescript/generated/peer_grpc_pb.js';

/** Each file with services, and its descriptors. */
const SERVED: readonly (readonly [object, { fileDescriptorSet: Uint8Array }])[] = [
  [backend, backendDescriptor],
  [broker, brokerDescriptor],
  [controller, controllerDescriptor],
  [counter, counterDescriptor],
  [health, healthDescriptor],
  [hello, helloDescriptor],
  [kv, kvDescriptor],
  [peer, peerDescriptor],
  [reflection, reflectionDescriptor],
  [reflectionAlpha, reflectionAlphaDescriptor],
  [stdio, stdioDescriptor],
  [streamer, streamerDescriptor],
];

/** Paths as the Go stubs of go-plugin, Grafana's SDK and grpc-go spell them; the arrows say which side streams. */
const CONTRACT: Record<string, string> = {
  '/com.example.protos.Greeter/SayHello': 'one → one',
  '/grpc.health.v1.Health/Check': 'one → one',
  '/grpc.health.v1.Health/Watch': 'one → many',
  '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo': 'many → many',
  '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo': 'many → many',
  '/plugin.GRPCBroker/StartStream': 'many → many',
  '/plugin.GRPCController/Shutdown': 'one → one',
  '/plugin.GRPCStdio/StreamStdio': 'one → many',
  '/proto.AddHelper/Sum': 'one → one',
  '/proto.Counter/Get': 'one → one',
  '/proto.Counter/Put': 'one → one',
  '/proto.KV/Get': 'one → one',
  '/proto.KV/Put': 'one → one',
  '/proto.StreamerService/Configure': 'one → one',
  '/proto.StreamerService/Read': 'one → many',
  '/proto.StreamerService/Write': 'many → one',
  '/pluginv2.AdmissionControl/MutateAdmission': 'one → one',
  '/pluginv2.AdmissionControl/ValidateAdmission': 'one → one',
  '/pluginv2.Data/QueryChunkedData': 'one → many',
  '/pluginv2.Data/QueryData': 'one → one',
  '/pluginv2.Diagnostics/CheckHealth': 'one → one',
  '/pluginv2.Diagnostics/CollectMetrics': 'one → one',
  '/pluginv2.Resource/CallResource': 'one → many',
  '/pluginv2.ResourceConversion/ConvertObjects': 'one → one',
  '/pluginv2.Stream/PublishStream': 'one → one',
  '/pluginv2.Stream/RunStream': 'one → many',
  '/pluginv2.Stream/SubscribeStream': 'one → one',
  '/quiver.conformance.Callback/Tell': 'one → one',
  '/quiver.conformance.Peer/CallBack': 'one → one',
  '/quiver.conformance.Peer/Count': 'one → many',
  '/quiver.conformance.Peer/Describe': 'one → one',
  '/quiver.conformance.Peer/Echo': 'many → many',
  '/quiver.conformance.Peer/Fill': 'one → one',
  '/quiver.conformance.Peer/Hold': 'one → many',
  '/quiver.conformance.Peer/Log': 'one → one',
  '/quiver.conformance.Peer/Measure': 'one → one',
  '/quiver.conformance.Peer/Panic': 'one → one',
  '/quiver.conformance.Peer/Print': 'one → one',
  '/quiver.conformance.Peer/Serve': 'one → one',
};

/** `protoc --encode=pluginv2.QueryDataRequest` (3.20.1) on a text with the values that the test below names. */
const QUERY_DATA_REQUEST =
  '0a2108ffffffffffffff0f1201702a134a060a016b12017650fb8884e0b7335a02c3bc12040a00120012110a0946726f6d416c6572' +
  '741204747275651a210a0141106418e807221208ffffffffffffffffff0110fb8884e0b7332a037b7dff2001';

describe('the stubs', () => {
  test("serve the contract's paths, streaming on the sides that it names", () => {
    const services = SERVED.flatMap(([module]) =>
      Object.entries(module)
        .filter(([name]) => name.endsWith('Service'))
        .map(([, value]) => value as ServiceDefinition),
    );
    const methods = services.flatMap((service) => Object.values(service));
    const found = methods.map(({ path, requestStream, responseStream }): [string, string] => [
      path,
      arrow(requestStream, responseStream),
    ]);
    expect(Object.fromEntries(found)).toEqual(CONTRACT);
    expect(found).toHaveLength(Object.keys(CONTRACT).length);
  });

  test('are described beside themselves, imports included', () => {
    const found = SERVED.flatMap(([, { fileDescriptorSet }]) => {
      const files = descriptorPb.FileDescriptorSet.deserializeBinary(fileDescriptorSet).getFileList();
      const names = files.map((file) => file.getName());
      expect(names).toEqual(expect.arrayContaining(files.flatMap((file) => file.getDependencyList())));
      return files.flatMap(methodsOf);
    });
    expect(Object.fromEntries(found)).toEqual(CONTRACT);
  });

  test('read and write maps, bytes and 64-bit integers as another encoder does', () => {
    const wire = Buffer.from(QUERY_DATA_REQUEST, 'hex');
    const request: pb.QueryDataRequest = pb.QueryDataRequest.deserializeBinary(wire);
    expect([...request.getHeadersMap().entries()]).toEqual([
      ['', ''],
      ['FromAlert', 'true'],
    ]);
    expect(request.getFormat()).toBe(pb.DataFrameFormat.JSON);
    const context = request.getPlugincontext();
    expect(context?.getOrgid()).toBe(Number.MAX_SAFE_INTEGER);
    const settings = context?.getDatasourceinstancesettings();
    expect(settings?.getDecryptedsecurejsondataMap().get('k')).toBe('v');
    expect(settings?.getLastupdatedms()).toBe(1_767_312_000_123);
    expect(settings?.getUid()).toBe('ü');
    const query = request.getQueriesList()[0];
    expect(query?.getTimerange()?.getFromepochms()).toBe(-1);
    expect(query?.getTimerange()?.getToepochms()).toBe(1_767_312_000_123);
    expect(query?.getJson_asU8()).toEqual(new Uint8Array([0x7b, 0x7d, 0xff]));
    expect(Buffer.from(pb.QueryDataRequest.deserializeBinary(wire).serializeBinary()).toString('hex')).toBe(
      QUERY_DATA_REQUEST,
    );
  });

  test('fail on a message that breaks off in the middle', () => {
    const wire = Buffer.from(QUERY_DATA_REQUEST, 'hex');
    expect(() => pb.QueryDataRequest.deserializeBinary(wire.subarray(0, 20))).toThrow();
  });

  test('carry an ErrorInfo inside a Status, as grpc-status-details-bin wants it', () => {
    const info = new details.ErrorInfo();
    info.getMetadataMap().set('errorSource', 'downstream');
    const detail = new anyPb.Any();
    detail.pack(info.serializeBinary(), 'google.rpc.ErrorInfo');
    const status = new rpc.Status();
    status.setCode(2);
    status.setDetailsList([detail]);

    const read = rpc.Status.deserializeBinary(status.serializeBinary()).getDetailsList()[0];
    expect(read?.getTypeUrl()).toBe('type.googleapis.com/google.rpc.ErrorInfo');
    const unpacked = read?.unpack(details.ErrorInfo.deserializeBinary, 'google.rpc.ErrorInfo');
    expect(unpacked?.getMetadataMap().get('errorSource')).toBe('downstream');
  });

  test('keep to themselves what another file could name alike', () => {
    const { proto } = globalThis as { proto?: Record<string, unknown> };
    expect(Object.keys(proto ?? {})).toEqual(['google']);
    expect(Object.keys(kvPb)).toEqual(['Empty', 'GetRequest', 'GetResponse', 'PutRequest']);
    const { requestSerialize, requestDeserialize } = streamer.StreamerServiceService.write;
    const chunk = new streamerPb.Write.RequestChunk();
    chunk.setBytesToWrite(new Uint8Array([0, 255]));
    expect(requestDeserialize(requestSerialize(chunk)).getBytesToWrite_asU8()).toEqual(new Uint8Array([0, 255]));
  });

  test('run inside a bundle, where everything is strict', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'quiver-stubs-'));
    try {
      await build({
        stdin: {
          contents: `import pb from './grafana/backend_pb.js';
            export const size = new pb.TimeRange().serializeBinary().length;`,
          resolveDir: join(import.meta.dirname, '../src/generated'),
        },
        bundle: true,
        format: 'esm',
        platform: 'node',
        outfile: join(dir, 'bundle.mjs'),
        logLevel: 'silent',
      });
      const bundle: unknown = await import(pathToFileURL(join(dir, 'bundle.mjs')).href);
      expect(bundle).toMatchObject({ size: 0 });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

function methodsOf(file: descriptorPb.FileDescriptorProto): [string, string][] {
  return file
    .getServiceList()
    .flatMap((service) =>
      service
        .getMethodList()
        .map((method): [string, string] => [
          `/${file.getPackage()}.${service.getName()}/${method.getName()}`,
          arrow(method.getClientStreaming() ?? false, method.getServerStreaming() ?? false),
        ]),
    );
}

function arrow(requestStream: boolean, responseStream: boolean): string {
  return `${requestStream ? 'many' : 'one'} → ${responseStream ? 'many' : 'one'}`;
}
