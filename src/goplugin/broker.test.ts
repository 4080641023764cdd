import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getChannelzHandlers, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import helloPb from '../../examples/generated/hello_pb.js';
import brokerGrpc from '../generated/goplugin/grpc_broker_grpc_pb.js';
import brokerPb from '../generated/goplugin/grpc_broker_pb.js';
import { brokerService, GrpcBroker } from './broker.ts';
import { BrokerStream } from './broker-stream.ts';
import type { BrokerTransport, DialledAddress } from './broker-transport.ts';
import { type Connection, openConnection } from './connection.ts';
import { GrpcServer } from './grpc-server.ts';
import { createLogger } from './hclog.ts';
import { type Listener, listen } from './listen.ts';
import { generateCertificate } from './mtls.ts';
import { OpenStreams } from './open-streams.ts';
import type { PluginService } from './service.ts';
import { SocketTransport } from './socket-transport.ts';
import type { TlsConfig } from './tls.ts';
import { unary } from './unary.ts';

let directory: string;
let records: Record<string, unknown>[];
let closers: (() => unknown)[];
const logger = createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)) });

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'broker-'));
  records = [];
  closers = [];
});

afterEach(async () => {
  for (const close of closers.reverse()) {
    await close();
  }
  expect(readdirSync(directory)).toEqual([]);
  rmSync(directory, { recursive: true });
});

function listenIn(network: 'unix' | 'tcp', onConnection: GrpcServer['accept']): Promise<Listener> {
  const wishes = { socketDir: directory, socketGroup: undefined, minPort: undefined, maxPort: undefined };
  const platform = network === 'tcp' ? 'win32' : process.platform;
  return listen({ wishes, temporaryDirectory: directory, platform, logger, onConnection });
}

/** A broker with the stream that its side has. */
interface Side {
  readonly broker: GrpcBroker;
  readonly stream: BrokerStream;
}

function side(tls?: TlsConfig, network: 'unix' | 'tcp' = 'unix'): Side {
  const stream = new BrokerStream({ logger });
  const transport = new SocketTransport({ stream, listen: (accept) => listenIn(network, accept), logger });
  const broker = new GrpcBroker({ transport, tls, logger });
  closers.push(() => broker.close());
  return { broker, stream };
}

/** Both brokers, joined by a call over a socket as plugin and host are. */
async function join(sides: { plugin: Side; host: Side } = { plugin: side(), host: side() }) {
  const server = new GrpcServer([brokerService(sides.plugin.stream, new OpenStreams())]);
  const listener = await listenIn('unix', (socket) => server.accept(socket));
  const main = openConnection(listener);
  sides.host.stream.attach(main.client(brokerGrpc.GRPCBrokerClient).startStream());
  closers.push(
    () => server.stop(0),
    () => main.close(),
    () => listener.close(),
  );
  return { plugin: sides.plugin.broker, host: sides.host.broker, main };
}

type SayHello = (
  call: ServerUnaryCall<helloPb.HelloRequest, helloPb.HelloReply>,
  callback: sendUnaryData<helloPb.HelloReply>,
) => void;

function greeter(sayHello: SayHello): PluginService {
  return { definition: greeterGrpc.GreeterService, implementation: { sayHello } };
}

function greeting(text: string): PluginService {
  return greeter((call, callback) => callback(null, reply(`${text}, ${call.request.getName()}`)));
}

function reply(text: string): helloPb.HelloReply {
  const message = new helloPb.HelloReply();
  message.setMessage(text);
  return message;
}

async function sayHello(connection: Connection, name = 'you'): Promise<string> {
  const request = new helloPb.HelloRequest();
  request.setName(name);
  const client = connection.client(greeterGrpc.GreeterClient);
  return (await unary<helloPb.HelloReply>((callback) => client.sayHello(request, callback))).getMessage();
}

/** The ids of the servers that grpc-js knows of: it keeps each until that is shut down. */
function grpcServers(): Promise<unknown[]> {
  const call = { request: { start_server_id: 0, max_results: 1000 } };
  return new Promise((resolve) => {
    getChannelzHandlers().GetServers?.(call as never, (_, value) =>
      resolve(value?.server?.map(({ ref }) => ref) ?? []),
    );
  });
}

async function certificates(): Promise<{ plugin: TlsConfig; host: TlsConfig }> {
  const [plugin, host] = await Promise.all([generateCertificate(), generateCertificate()]);
  return { plugin: { ...plugin, trusted: host.certificate }, host: { ...host, trusted: plugin.certificate } };
}

describe('GrpcBroker', () => {
  test('counts ids from 1, each side for itself', () => {
    const [plugin, host] = [side().broker, side().broker];
    expect([plugin.nextId(), plugin.nextId(), host.nextId()]).toEqual([1, 2, 1]);
  });

  test('lets a plugin call a service of its host, and a host one of its plugin', async () => {
    const { plugin, host } = await join();
    await host.acceptAndServe(5, [greeting('From the host')]);
    await plugin.acceptAndServe(5, [greeting('From the plugin')]);
    expect(await sayHello(await plugin.dial(5))).toBe('From the host, you');
    expect(await sayHello(await host.dial(5))).toBe('From the plugin, you');
  });

  test('lets a dial come before what it dials', async () => {
    const { plugin, host } = await join();
    const dialled = plugin.dial(9);
    await host.acceptAndServe(9, [greeting('Hello')]);
    expect(await sayHello(await dialled)).toBe('Hello, you');
  });

  test('announces what is served before the host has opened the stream', async () => {
    const sides = { plugin: side(), host: side() };
    const served = sides.plugin.broker.acceptAndServe(1, [greeting('Early')]);
    await join(sides);
    await served;
    expect(await sayHello(await sides.host.broker.dial(1))).toBe('Early, you');
  });

  test('goes on with the stream that was opened last', async () => {
    const { plugin, host: first, main } = await join();
    const { broker: second, stream } = side();
    stream.attach(main.client(brokerGrpc.GRPCBrokerClient).startStream());
    await plugin.acceptAndServe(1, [greeting('Hello')]);
    await expect(Promise.any([first.dial(1), second.dial(1)]).then(sayHello)).resolves.toBe('Hello, you');
    first.close();
    await plugin.acceptAndServe(2, [greeting('Hello again')]);
    expect(await sayHello(await second.dial(2))).toBe('Hello again, you');
  });

  test('serves on loopback TCP as well', async () => {
    const { plugin, host } = await join({ plugin: side(undefined, 'tcp'), host: side() });
    await plugin.acceptAndServe(1, [greeting('Hello')]);
    const connection = await host.dial(1);
    expect(connection.target).toMatch(/^ipv4:127\.0\.0\.1:\d+$/);
    expect(await sayHello(connection)).toBe('Hello, you');
  });

  test('carries messages of more than four megabytes', async () => {
    const { plugin, host } = await join();
    await plugin.acceptAndServe(1, [greeter((call, done) => done(null, reply(call.request.getName())))]);
    const name = 'x'.repeat(5_000_000);
    expect(await sayHello(await host.dial(1), name)).toBe(name);
  });
});

describe('GrpcBroker with TLS', () => {
  test('uses the certificates of both sides in both directions', async () => {
    const tls = await certificates();
    const { plugin, host } = await join({ plugin: side(tls.plugin), host: side(tls.host) });
    await host.acceptAndServe(1, [greeting('From the host')]);
    await plugin.acceptAndServe(1, [greeting('From the plugin')]);
    expect(await sayHello(await plugin.dial(1))).toBe('From the host, you');
    expect(await sayHello(await host.dial(1))).toBe('From the plugin, you');
  });

  test.each([
    ['a client without TLS', () => undefined],
    [
      'a client with another certificate',
      (host: TlsConfig, stranger: TlsConfig) => ({ ...stranger, trusted: host.trusted }),
    ],
    [
      'a server with another certificate',
      (host: TlsConfig, stranger: TlsConfig) => ({ ...host, trusted: stranger.trusted }),
    ],
    ['a server of another name', (host: TlsConfig) => ({ ...host, serverName: 'example.org' })],
  ])('refuses %s', async (_, given) => {
    const [tls, stranger] = await Promise.all([certificates(), certificates()]);
    const { plugin, host } = await join({ plugin: side(tls.plugin), host: side(given(tls.host, stranger.host)) });
    await plugin.acceptAndServe(1, [greeting('Never')]);
    await expect(host.dial(1).then((connection) => sayHello(connection))).rejects.toThrow('UNAVAILABLE');
  });
});

describe('GrpcBroker ends', () => {
  test('a server in order: running calls go on, the socket goes at once, a second close does nothing', async () => {
    const { plugin, host } = await join();
    const asked = Promise.withResolvers<sendUnaryData<helloPb.HelloReply>>();
    const server = await plugin.acceptAndServe(1, [greeter((_, callback) => asked.resolve(callback))]);
    const answer = host.dial(1).then(sayHello);
    const callback = await asked.promise;
    const socketsBefore = readdirSync(directory).length;
    const closed = server.close();
    expect(readdirSync(directory).length).toBe(socketsBefore - 1);
    callback(null, reply('at last'));
    await expect(answer).resolves.toBe('at last');
    await closed;
    await server.close();
  });

  test('all at once: servers, connections and waits', async () => {
    const { plugin, host } = await join();
    await plugin.acceptAndServe(1, [greeter(() => undefined)]);
    const connection = await host.dial(1);
    const never = sayHello(connection);
    const waiting = host.dial(2);
    plugin.close();
    await expect(never).rejects.toThrow();
    host.close();
    await expect(waiting).rejects.toMatchObject({ code: 'broker' });
    await expect(host.acceptAndServe(1, [])).rejects.toMatchObject({ code: 'broker' });
    await expect(host.dial(1)).rejects.toMatchObject({ code: 'broker' });
  });

  test('running calls that last longer than a drain may, and says so', async () => {
    const { plugin, host } = await join();
    await plugin.acceptAndServe(1, [greeter(() => undefined)]);
    await plugin.acceptAndServe(2, [greeting('Hello')]);
    const never = sayHello(await host.dial(1));
    await sayHello(await host.dial(2));
    const [inTime] = await Promise.all([plugin.drain(50), expect(never).rejects.toThrow()]);
    expect(inTime).toBe(false);
    expect(await plugin.drain(50)).toBe(true);
  });

  test('a server whose announcement reaches nobody', async () => {
    const { plugin } = await join();
    plugin.close();
    const before = await grpcServers();
    const { broker: alone } = side();
    const served = alone.acceptAndServe(1, [greeting('Hello')]);
    while (readdirSync(directory).length < 2) {
      await new Promise(setImmediate);
    }
    alone.close();
    await expect(served).rejects.toMatchObject({ code: 'broker' });
    await expect.poll(grpcServers).toEqual(before);
  });

  test('a dial that the other side answers too late', async () => {
    const { promise: dialled, resolve } = Promise.withResolvers<DialledAddress>();
    const transport = { dial: () => dialled, close: () => undefined } as Partial<BrokerTransport> as BrokerTransport;
    const broker = new GrpcBroker({ transport, tls: undefined, logger });
    const connection = broker.dial(1);
    broker.close();
    let isLeft = false;
    resolve({
      network: 'unix',
      address: path.join(directory, 'late'),
      close() {
        isLeft = true;
      },
    });
    await expect(connection).rejects.toMatchObject({ code: 'broker', message: expect.stringContaining('is closed') });
    expect(isLeft).toBe(true);
  });
});

describe('GrpcBroker survives', () => {
  /** A broker and what another side, which is none of ours, says to it. */
  async function joinStranger() {
    const own = side();
    const { plugin, main } = await join({ plugin: own, host: side() });
    const call = main.client(brokerGrpc.GRPCBrokerClient).startStream();
    // The end of a test breaks it.
    call.on('error', () => undefined);
    closers.push(() => call.end());
    return { own, plugin, call };
  }

  function info(id: number, network: string, address: string, knock?: { ack: boolean }): brokerPb.ConnInfo {
    const message = new brokerPb.ConnInfo();
    message.setServiceId(id);
    message.setNetwork(network);
    message.setAddress(address);
    if (knock !== undefined) {
      message.setKnock(new brokerPb.ConnInfo.Knock());
      message.getKnock()?.setKnock(true);
      message.getKnock()?.setAck(knock.ack);
    }
    return message;
  }

  test('an address where nobody listens', async () => {
    const { plugin, call } = await joinStranger();
    call.write(info(8, 'unix', path.join(directory, 'nobody')));
    await expect(plugin.dial(8).then((connection) => sayHello(connection))).rejects.toThrow('UNAVAILABLE');
  });

  test('networks and addresses that are none, and an answer to no knock, which it logs', async () => {
    const { plugin, call } = await joinStranger();
    call.write(info(1, 'udp', '127.0.0.1:1'));
    call.write(info(2, 'unix', ''));
    call.write(info(3, '', '', { ack: true }));
    call.write(info(4, 'unix', '/run/last'));
    expect((await plugin.dial(4)).target).toBe('unix:/run/last');
    const warnings = records.filter((record) => record['@level'] === 'warn');
    expect(warnings.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test('a knock, which it refuses', async () => {
    const { call } = await joinStranger();
    const answer = new Promise<brokerPb.ConnInfo>((resolve) => call.once('data', resolve));
    call.write(info(6, '', '', { ack: false }));
    expect((await answer).toObject()).toMatchObject({
      serviceId: 6,
      knock: {
        knock: true,
        ack: true,
        error: 'Cannot accept the brokered connection 6: it is announced, since this connection is not multiplexed',
      },
    });
  });

  test('a stream that breaks: the next one serves', async () => {
    const { own, call } = await joinStranger();
    call.cancel();
    const { plugin, host } = await join({ plugin: own, host: side() });
    // What the host announces shows that its stream has arrived.
    await host.acceptAndServe(1, []);
    await plugin.dial(1);
    await plugin.acceptAndServe(2, [greeting('Hello')]);
    expect(await sayHello(await host.dial(2))).toBe('Hello, you');
  });
});
