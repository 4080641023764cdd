import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Duplex, duplexPair } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import brokerGrpc from '../../generated/goplugin/grpc_broker_grpc_pb.js';
import brokerPb from '../../generated/goplugin/grpc_broker_pb.js';
import { brokerService } from '../broker.ts';
import { BrokerStream } from '../broker-stream.ts';
import { openConnection } from '../connection.ts';
import { GrpcServer } from '../grpc-server.ts';
import type { PluginAddress } from '../handshake.ts';
import { createLogger, silentLogger } from '../hclog.ts';
import { listen } from '../listen.ts';
import { generateCertificate } from '../mtls.ts';
import { OpenStreams } from '../open-streams.ts';
import { type Relay, relay } from './relay.ts';

let directory: string;
const relays: Relay[] = [];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'relay-'));
});

afterEach(() => {
  for (const open of relays.splice(0)) {
    open.close();
  }
  rmSync(directory, { recursive: true, force: true });
});

/** A relay whose streams end at `far`; on loopback TCP for `win32`. */
async function start(platform = process.platform, onStream: (stream: Duplex) => void = () => undefined) {
  const far: Duplex[] = [];
  const records: string[] = [];
  const failures: Error[] = [];
  const listened: unknown[] = [];
  const logger = createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)['@message']) });
  const relayed = await relay({
    logger,
    listen(onConnection, again) {
      listened.push(again);
      return listen({
        wishes: { socketDir: undefined, socketGroup: undefined, minPort: undefined, maxPort: undefined },
        temporaryDirectory: directory,
        platform,
        logger,
        onConnection,
        again,
      });
    },
    async open() {
      const failure = failures.shift();
      if (failure !== undefined) {
        throw failure;
      }
      const [near, other] = duplexPair();
      far.push(other);
      onStream(other);
      return near;
    },
  });
  relays.push(relayed);
  return { relayed, far, records, failures, listened };
}

async function dial({ network, address }: PluginAddress): Promise<Socket> {
  const [host = '', port] = address.split(':');
  const socket = connect(network === 'unix' ? { path: address } : { host, port: Number(port) });
  await once(socket, 'connect');
  return socket;
}

describe.each(['unix', 'tcp'])('relay() on %s', (network) => {
  const platform = network === 'unix' ? process.platform : 'win32';

  test('passes bytes on, both ways, to the end', async () => {
    const { relayed, far } = await start(platform);
    expect(relayed.network).toBe(network);
    const socket = await dial(relayed);
    socket.end('ping');
    await expect.poll(() => far.length).toBe(1);
    far[0]?.end('pong');
    expect([`${await far[0]?.toArray()}`, `${await socket.toArray()}`]).toEqual(['ping', 'pong']);
  });

  test('comes back at its address after a break, with a new stream', async () => {
    const { relayed, far } = await start(platform);
    const first = await dial(relayed);
    await expect.poll(() => far.length).toBe(1);
    far[0]?.destroy();
    await once(first, 'close');
    await expect.poll(() => dial(relayed).catch(() => undefined)).toBeDefined();
    await expect.poll(() => far.length).toBe(2);
  });

  test('takes nobody else while its client is connected', async () => {
    const { relayed, far } = await start(platform);
    const socket = await dial(relayed);
    await expect.poll(() => far.length).toBe(1);
    await expect(dial(relayed)).rejects.toThrow(/ECONNREFUSED|ENOENT/);
    socket.destroy();
  });

  test('ends its connection when it is closed, for good', async () => {
    const { relayed, far, listened } = await start(platform);
    const socket = await dial(relayed);
    await expect.poll(() => far.length).toBe(1);
    relayed.close();
    await once(socket, 'close');
    expect(listened).toEqual([undefined]);
    await expect(dial(relayed)).rejects.toThrow(/ECONNREFUSED|ENOENT/);
  });

  test('ends a connection for which no stream can be opened, and says so', async () => {
    const { relayed, records, failures } = await start(platform);
    failures.push(new Error('the session has ended'));
    const socket = await dial(relayed);
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(records).toEqual(['A multiplexed connection cannot be opened']);
  });
});

test('relay() leaves no file while its client is connected, nor when it is closed', async () => {
  const { relayed, far } = await start();
  expect(existsSync(relayed.address)).toBe(true);
  await dial(relayed);
  await expect.poll(() => far.length).toBe(1);
  expect(readdirSync(directory)).toEqual([]);
  relayed.close();
  expect(readdirSync(directory)).toEqual([]);
});

test('relay() says so when its address is gone for good', async () => {
  const { relayed, far, records } = await start();
  const socket = await dial(relayed);
  await expect.poll(() => far.length).toBe(1);
  rmSync(directory, { recursive: true });
  socket.destroy();
  await expect.poll(() => records).toEqual(['A broken connection cannot be made again']);
});

test('relay() lets go of a client that writes with TLS while it ends', async () => {
  const own = await generateCertificate();
  const tls = { ...own, trusted: own.certificate };
  const broker = new BrokerStream({ logger: silentLogger });
  const received = new Promise<unknown>((resolve) => broker.onReceive(resolve));
  const server = new GrpcServer([brokerService(broker, new OpenStreams())], { tls });
  const { relayed } = await start(process.platform, (stream) => server.accept(stream));
  const sockets: Socket[] = [];
  const keep = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', keep);
  const connection = openConnection(relayed, tls);
  const client = connection.client(brokerGrpc.GRPCBrokerClient);
  const [ending, long] = [client.startStream(), client.startStream()];
  for (const call of [ending, long]) {
    call.on('error', () => undefined);
    call.write(new brokerPb.ConnInfo());
  }
  await received;
  const info = new brokerPb.ConnInfo();
  info.setAddress('x'.repeat(300_000));
  long.write(info);
  // A part of it is on its way, and the rest waits for room.
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
  }
  ending.end();
  connection.close();
  relayed.close();
  await expect.poll(() => sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  unsubscribe('net.client.socket', keep);
  await server.stop(0);
});
