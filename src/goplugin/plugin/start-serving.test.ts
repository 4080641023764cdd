import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import {
  Metadata,
  makeGenericClientConstructor,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import greeterGrpc from '../../../examples/generated/hello_grpc_pb.js';
import helloPb from '../../../examples/generated/hello_pb.js';
import brokerGrpc from '../../generated/goplugin/grpc_broker_grpc_pb.js';
import brokerPb from '../../generated/goplugin/grpc_broker_pb.js';
import controllerGrpc from '../../generated/goplugin/grpc_controller_grpc_pb.js';
import controllerPb from '../../generated/goplugin/grpc_controller_pb.js';
import stdioGrpc from '../../generated/goplugin/grpc_stdio_grpc_pb.js';
import type stdioPb from '../../generated/goplugin/grpc_stdio_pb.js';
import healthGrpc from '../../generated/goplugin/health_grpc_pb.js';
import healthPb from '../../generated/goplugin/health_pb.js';
import reflectionGrpc from '../../generated/grpc/reflection/v1/reflection_grpc_pb.js';
import reflectionPb from '../../generated/grpc/reflection/v1/reflection_pb.js';
import { type Connection, openConnection } from '../connection.ts';
import { parseHandshake } from '../handshake.ts';
import { createLogger } from '../hclog.ts';
import { generateCertificate, readCertificate } from '../mtls.ts';
import type { PluginSet } from '../plugin-set.ts';
import { Stdio } from '../stdio.ts';
import type { TlsConfig } from '../tls.ts';
import { unary } from '../unary.ts';
import { type Serving, type ServingConfig, startServing } from './start-serving.ts';

type SayHello = (
  call: ServerUnaryCall<helloPb.HelloRequest, helloPb.HelloReply>,
  callback: sendUnaryData<helloPb.HelloReply>,
) => void;

let directory: string;
let records: Record<string, unknown>[];
let stdio: Stdio;
let serving: Serving | undefined;
let channel: Connection | undefined;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'serving-'));
  records = [];
});

afterEach(async () => {
  channel?.close();
  await serving?.stop(100);
  channel = undefined;
  serving = undefined;
  rmSync(directory, { recursive: true, force: true });
});

function reply(text: string): helloPb.HelloReply {
  const message = new helloPb.HelloReply();
  message.setMessage(text);
  return message;
}

function greeter(sayHello: SayHello): PluginSet {
  return () => [{ definition: greeterGrpc.GreeterService, implementation: { sayHello } }];
}

function greeting(text: string): PluginSet {
  return greeter((_, callback) => callback(null, reply(text)));
}

async function start(
  versionedPlugins: Record<number, PluginSet> = { 1: greeting('Hello') },
  env: Record<string, string> = {},
  more: Pick<ServingConfig, 'tlsProvider'> = {},
): Promise<{ serving: Serving; channel: Connection }> {
  const logger = createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)) });
  stdio = new Stdio({ logger });
  const edge = { env, platform: process.platform, temporaryDirectory: directory, logger, stdio };
  serving = await startServing({ versionedPlugins, ...more }, edge);
  channel = openConnection(serving);
  return { serving, channel };
}

async function sayHello(to: Connection): Promise<string> {
  const client = to.client(greeterGrpc.GreeterClient);
  const answer = await unary<helloPb.HelloReply>((done) => client.sayHello(new helloPb.HelloRequest(), done));
  return answer.getMessage();
}

function check(to: Connection, service: string): Promise<number> {
  const request = new healthPb.HealthCheckRequest();
  request.setService(service);
  const client = to.client(healthGrpc.HealthClient);
  return unary<healthPb.HealthCheckResponse>((done) => client.check(request, done)).then((answer) =>
    answer.getStatus(),
  );
}

describe('startServing() shakes hands', () => {
  test('names the version, the socket and gRPC', async () => {
    const { serving } = await start();
    expect(serving.handshakeLine).toBe(`1|1|unix|${serving.address}|grpc|`);
  });

  test('says that it multiplexes to a host that knows of it, and nothing to others', async () => {
    const { serving } = await start({ 1: () => [] }, { PLUGIN_MULTIPLEX_GRPC: 'true' });
    expect(serving.handshakeLine).toMatch(/\|grpc\|\|true$/);
  });

  test('serves the set of services of the version that fits', async () => {
    const versions = { 2: greeting('two'), 9: greeting('nine'), 10: greeting('ten') };
    const { serving, channel } = await start(versions, { PLUGIN_PROTOCOL_VERSIONS: '2,x,9' });
    expect(serving.protocolVersion).toBe(9);
    expect(await sayHello(channel)).toBe('nine');
    expect(records).toEqual([expect.objectContaining({ '@level': 'warn', invalidVersions: ['x'] })]);
  });

  test('refuses a host whose certificate cannot be read, and opens no socket', async () => {
    await expect(start({ 1: () => [] }, { PLUGIN_CLIENT_CERT: 'PEM' })).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining("Cannot read the host's certificate in PLUGIN_CLIENT_CERT: "),
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('startServing() secures its connections', () => {
  const greetings = { 1: greeting('Hello') };

  async function automatic() {
    const host = await generateCertificate();
    const { serving } = await start(greetings, { PLUGIN_CLIENT_CERT: host.certificate });
    const { serverCert = new Uint8Array() } = parseHandshake(serving.handshakeLine);
    const trusted = readCertificate(serverCert, 'the certificate in the handshake').toString();
    return { serving, host, trusted };
  }

  async function call(serving: Serving, tls?: TlsConfig): Promise<string> {
    channel?.close();
    channel = openConnection(serving, tls);
    return sayHello(channel);
  }

  test('by AutoMTLS where the host sends its certificate', async () => {
    const { serving, host, trusted } = await automatic();
    expect(await call(serving, { ...host, trusted })).toBe('Hello');
  });

  test('by AutoMTLS against everybody else: without TLS, with another certificate, for another plugin', async () => {
    const { serving, host, trusted } = await automatic();
    const stranger = await generateCertificate();
    await expect(call(serving)).rejects.toThrow('UNAVAILABLE');
    await expect(call(serving, { ...stranger, trusted })).rejects.toThrow('UNAVAILABLE');
    await expect(call(serving, { ...host, trusted: stranger.certificate })).rejects.toThrow('UNAVAILABLE');
  });

  test('refuses TLS 1.1, and a client without a certificate', async () => {
    const { serving, host, trusted } = await automatic();
    const { certificate: cert, privateKey: key } = host;
    const handshakes = [
      { cert, key, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      { maxVersion: 'TLSv1.2' },
      { cert, key, maxVersion: 'TLSv1.2' },
    ] as const;
    const results = await Promise.all(
      handshakes.map((options) => shakeHands(serving.address, { ca: trusted, ...options })),
    );
    expect(results).toEqual([
      expect.stringContaining('alert protocol version'),
      expect.stringMatching(/handshake failure|certificate required|reset|disconnected/i),
      'TLSv1.2',
    ]);
  });

  test('by the certificates of a provider, which come before AutoMTLS and stay out of the handshake', async () => {
    const [plugin, host, automaticHost] = await Promise.all([
      generateCertificate(),
      generateCertificate(),
      generateCertificate(),
    ]);
    const tlsProvider = async () => ({ ...plugin, trusted: host.certificate });
    const { serving } = await start(greetings, { PLUGIN_CLIENT_CERT: automaticHost.certificate }, { tlsProvider });
    expect(serving.handshakeLine).toMatch(/\|grpc\|$/);
    expect(await call(serving, { ...host, trusted: plugin.certificate })).toBe('Hello');
    await expect(call(serving, { ...automaticHost, trusted: plugin.certificate })).rejects.toThrow('UNAVAILABLE');
  });

  test('or does not start where the provider fails', async () => {
    const tlsProvider = () => Promise.reject(new Error('the vault is sealed'));
    await expect(start(greetings, {}, { tlsProvider })).rejects.toThrow('the vault is sealed');
    const nonsense = () => ({ certificate: 'x', privateKey: 'y', trusted: 'z' });
    await expect(start(greetings, {}, { tlsProvider: nonsense })).rejects.toMatchObject({ code: 'tls' });
    expect(readdirSync(directory)).toEqual([]);
  });
});

/** The version of TLS that was agreed on, or why none was. */
function shakeHands(socketPath: string, options: SecureContextOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ path: socketPath, servername: 'localhost', ALPNProtocols: ['h2'], ...options });
    socket.once('error', ({ message }) => resolve(message));
    // A server that refuses a certificate says so after the client takes the handshake for done.
    socket.once('data', () => {
      resolve(String(socket.getProtocol()));
      socket.destroy();
    });
  });
}

describe('startServing() serves reflection', () => {
  test('and lists its own services beside those of the protocol', async () => {
    const { channel } = await start();
    const call = channel.client(reflectionGrpc.ServerReflectionClient).serverReflectionInfo();
    // The end of the test ends it with one.
    call.on('error', () => undefined);
    const request = new reflectionPb.ServerReflectionRequest();
    request.setListServices('*');
    call.write(request);
    const answer = await new Promise<reflectionPb.ServerReflectionResponse>((resolve) => call.once('data', resolve));
    const names = answer
      .getListServicesResponse()
      ?.getServiceList()
      .map((service) => service.getName());
    expect(names?.toSorted()).toEqual([
      'com.example.protos.Greeter',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'plugin.GRPCBroker',
      'plugin.GRPCController',
      'plugin.GRPCStdio',
    ]);
    call.end();
  });
});

describe('startServing() answers health checks', () => {
  test.each(['plugin', ''])('is serving under the name "%s"', async (service) => {
    expect(await check((await start()).channel, service)).toBe(1);
  });

  test('does not know other names', async () => {
    await expect(check((await start()).channel, 'x')).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  test.each([
    ['plugin', 1],
    ['x', 3],
  ])('watches "%s" until the plugin ends', async (service, expected) => {
    const { serving, channel } = await start();
    const request = new healthPb.HealthCheckRequest();
    request.setService(service);
    const watch = channel.client(healthGrpc.HealthClient).watch(request);
    const answers: number[] = [];
    const ended = new Promise((resolve) => watch.once('end', resolve));
    await new Promise<void>((resolve) => {
      watch.on('data', (answer: healthPb.HealthCheckResponse) => {
        answers.push(answer.getStatus());
        resolve();
      });
    });
    await serving.stop(5000);
    await ended;
    expect(answers).toEqual([expected]);
  });
});

describe('startServing() speaks with the broker', () => {
  function announce(serviceId: number, knock: boolean): brokerPb.ConnInfo {
    const info = new brokerPb.ConnInfo();
    info.setServiceId(serviceId);
    info.setNetwork('udp');
    info.setAddress('/tmp/x');
    if (knock) {
      info.setKnock(new brokerPb.ConnInfo.Knock());
      info.getKnock()?.setKnock(true);
    }
    return info;
  }

  test('keeps the stream open, logs an announcement at no address and refuses a knock', async () => {
    const { channel } = await start();
    const stream = channel.client(brokerGrpc.GRPCBrokerClient).startStream();
    const answer = new Promise<brokerPb.ConnInfo>((resolve) => stream.once('data', resolve));
    stream.write(announce(3, false));
    stream.write(announce(4, true));
    expect((await answer).toObject()).toMatchObject({
      serviceId: 4,
      knock: {
        knock: true,
        ack: true,
        error: expect.stringContaining('this connection is not multiplexed'),
      },
    });
    expect(records).toEqual([expect.objectContaining({ '@level': 'warn', id: 3, network: 'udp', address: '/tmp/x' })]);
    stream.cancel();
    stream.on('error', () => undefined);
    expect(await sayHello(channel)).toBe('Hello');
  });

  test('ends the stream when the host ends it, and when the plugin ends', async () => {
    const { serving, channel } = await start();
    const client = channel.client(brokerGrpc.GRPCBrokerClient);
    const first = client.startStream();
    first.resume().end();
    await new Promise((resolve) => first.once('end', resolve));
    const second = client.startStream();
    const ended = new Promise((resolve) => second.resume().once('end', resolve));
    // An answer on the same connection shows that the stream has arrived.
    await sayHello(channel);
    await serving.stop(5000);
    await ended;
  });
});

describe('startServing() sends what is printed', () => {
  /** Reads until the first bytes have come; `all` resolves when there is no more. */
  async function read(channel: Connection): Promise<{ readonly all: Promise<string> }> {
    const stream = channel.client(stdioGrpc.GRPCStdioClient).streamStdio(new emptyPb.Empty());
    let text = '';
    stream.on('data', (data: stdioPb.StdioData) => {
      text += Buffer.from(data.getData_asU8()).toString();
    });
    const all = new Promise<string>((resolve) => stream.once('end', () => resolve(text)));
    await new Promise((resolve) => stream.once('data', resolve));
    return { all };
  }

  test('to its one reader, to the end', async () => {
    const { serving, channel } = await start();
    stdio.stdout.write(Buffer.from('before '));
    const { all } = await read(channel);
    stdio.stdout.write(Buffer.from('x'.repeat(100_000)));
    await serving.stop(5000);
    expect(await all).toBe(`before ${'x'.repeat(100_000)}`);
  });

  // grpc-js gives up a stream that is written to after its end, with all that has not left yet.
  test('to its one reader, though a call that still runs prints more', async () => {
    const { serving, channel } = await start();
    stdio.stdout.write(Buffer.from('before '));
    const { all } = await read(channel);
    stdio.stdout.write(Buffer.from('x'.repeat(100_000)));
    const stopped = serving.stop(5000);
    stdio.stdout.write(Buffer.from('late'));
    expect(await all).toBe(`before ${'x'.repeat(100_000)}`);
    await stopped;
    expect(records).toEqual([]);
  });

  test('and not to a second one', async () => {
    const { channel } = await start();
    const client = channel.client(stdioGrpc.GRPCStdioClient);
    client.streamStdio(new emptyPb.Empty()).on('error', () => undefined);
    const second = client.streamStdio(new emptyPb.Empty());
    const error = await new Promise((resolve) => second.once('error', resolve));
    expect(error).toMatchObject({ code: status.ALREADY_EXISTS });
  });
});

describe('startServing() ends', () => {
  function shutdown(to: Connection): Promise<controllerPb.Empty> {
    const client = to.client(controllerGrpc.GRPCControllerClient);
    return unary((done) => client.shutdown(new controllerPb.Empty(), done));
  }

  test('answers a shutdown before anything ends', async () => {
    const { serving, channel } = await start();
    await shutdown(channel);
    await serving.shutdownRequested;
    expect(existsSync(serving.address)).toBe(true);
    expect(await sayHello(channel)).toBe('Hello');
  });

  test('gets its answer through when it stops at once', async () => {
    const { serving, channel } = await start();
    const stopped = serving.shutdownRequested.then(() => serving.stop(5000));
    await shutdown(channel);
    await stopped;
  });

  test('lets a running call end, but takes no new connection', async () => {
    const begun = Promise.withResolvers<() => void>();
    const { serving, channel } = await start({
      1: greeter((_, callback) => begun.resolve(() => callback(null, reply('late')))),
    });
    const answer = sayHello(channel);
    const finish = await begun.promise;
    let isStopped = false;
    const stopped = serving.stop(5000).then(() => {
      isStopped = true;
    });
    expect(existsSync(serving.address)).toBe(false);
    const other = openConnection(serving);
    await expect(sayHello(other)).rejects.toMatchObject({ code: status.UNAVAILABLE });
    other.close();
    expect(isStopped).toBe(false);
    finish();
    expect(await answer).toBe('late');
    await stopped;
  });

  test('cancels a call that does not end in time, and says so', async () => {
    const begun = Promise.withResolvers<Parameters<SayHello>[0]>();
    const { serving, channel } = await start({ 1: greeter((call) => begun.resolve(call)) });
    const answer = sayHello(channel);
    answer.catch(() => undefined);
    const running = await begun.promise;
    const cancelled = new Promise((resolve) => running.once('cancelled', resolve));
    await serving.stop(50);
    await expect(answer).rejects.toMatchObject({ code: status.CANCELLED });
    await cancelled;
    expect(records.at(-1)).toMatchObject({ '@level': 'warn', limitMs: 50 });
  });

  test('does not wait for a connection that never asks anything', async () => {
    const { serving } = await start();
    const socket = connect(serving.address);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.resume().once('close', resolve));
    await serving.stop(5000);
    await closed;
    expect(records).toEqual([]);
  });

  test('removes its socket when it is abandoned', async () => {
    const { serving } = await start();
    serving.abandon();
    expect(existsSync(serving.address)).toBe(false);
  });
});

describe('startServing() is not disturbed', () => {
  const raw = { requestSerialize: (bytes: Buffer) => bytes, responseDeserialize: (bytes: Buffer) => bytes };
  const method = (methodPath: string) => ({
    ...raw,
    path: methodPath,
    requestStream: false,
    responseStream: false,
    requestDeserialize: raw.responseDeserialize,
    responseSerialize: raw.requestSerialize,
  });
  const RawClient = makeGenericClientConstructor(
    {
      check: method('/grpc.health.v1.Health/Check'),
      hello: method('/com.example.protos.Greeter/SayHello'),
      shutdown: method('/plugin.GRPCController/Shutdown'),
      stdio: method('/plugin.GRPCStdio/StreamStdio'),
      broker: method('/plugin.GRPCBroker/StartStream'),
      unknown: method('/no.such.Service/Method'),
    },
    'raw',
  );

  // Field 1 with a length of 127 that is not there.
  const broken = Buffer.from([0x0a, 0x7f]);

  test.each([
    ['check', status.INTERNAL],
    ['hello', status.INTERNAL],
    ['shutdown', status.INTERNAL],
    ['stdio', status.INTERNAL],
    ['broker', status.INTERNAL],
    ['unknown', status.UNIMPLEMENTED],
  ])('by a message that is no protobuf: %s', async (name, code) => {
    const { channel } = await start();
    const client = channel.client(RawClient as never) as unknown as Record<
      string,
      (bytes: Buffer, metadata: Metadata, done: (error: Error | null) => void) => void
    >;
    const error = await new Promise((resolve) => client[name]?.call(client, broken, new Metadata(), resolve));
    expect(error).toMatchObject({ code });
    expect(await sayHello(channel)).toBe('Hello');
  });

  test('by bytes that are no HTTP/2', async () => {
    const { serving, channel } = await start();
    const socket = connect(serving.address);
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.resume().once('close', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed;
    expect(await sayHello(channel)).toBe('Hello');
  });
});
