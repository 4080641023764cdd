import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type sendUnaryData, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import helloPb from '../../examples/generated/hello_pb.js';
import healthGrpc from '../generated/goplugin/health_grpc_pb.js';
import healthPb from '../generated/goplugin/health_pb.js';
import { type Connection, openConnection } from './connection.ts';
import { GrpcServer } from './grpc-server.ts';
import { createLogger } from './hclog.ts';
import { type Listener, listen } from './listen.ts';
import type { PluginService } from './service.ts';
import { unary } from './unary.ts';

let directory: string;
let records: Record<string, unknown>[];
let close: () => Promise<void>;
const logger = createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)) });

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'guard-'));
  records = [];
});

afterEach(async () => {
  await close();
  rmSync(directory, { recursive: true });
});

async function serve(service: PluginService): Promise<Connection> {
  const server = new GrpcServer([service], { logger });
  const listener: Listener = await listen({
    wishes: { socketDir: directory, socketGroup: undefined, minPort: undefined, maxPort: undefined },
    temporaryDirectory: directory,
    platform: process.platform,
    logger,
    onConnection: (socket) => server.accept(socket),
  });
  const connection = openConnection(listener);
  close = async () => {
    connection.close();
    listener.close();
    await server.stop(0);
  };
  return connection;
}

type SayHello = (call: unknown, callback: sendUnaryData<helloPb.HelloReply>) => unknown;

async function sayHello(handler: SayHello): Promise<string> {
  const connection = await serve({
    definition: greeterGrpc.GreeterService,
    implementation: { sayHello: handler as never },
  });
  const client = connection.client(greeterGrpc.GreeterClient);
  const reply = await unary<helloPb.HelloReply>((callback) => client.sayHello(new helloPb.HelloRequest(), callback));
  return reply.getMessage();
}

function reply(text: string): helloPb.HelloReply {
  const message = new helloPb.HelloReply();
  message.setMessage(text);
  return message;
}

describe('a unary handler', () => {
  test.each<[string, SayHello]>([
    [
      'throws',
      () => {
        throw new Error('no such person');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no such person'))],
  ])('that %s fails its call with the message, and is logged with its stack', async (_, handler) => {
    await expect(sayHello(handler)).rejects.toMatchObject({ code: status.UNKNOWN, details: 'no such person' });
    expect(records).toEqual([
      expect.objectContaining({
        '@level': 'error',
        path: '/com.example.protos.Greeter/SayHello',
        error: 'no such person',
        stack: expect.stringContaining('guard-handlers.test.ts'),
      }),
    ]);
  });

  test('that rejects with a status answers with it, and that is no failure', async () => {
    const handler = () => Promise.reject({ code: status.NOT_FOUND, details: 'nobody of that name' });
    await expect(sayHello(handler)).rejects.toMatchObject({ code: status.NOT_FOUND, details: 'nobody of that name' });
    expect(records).toEqual([]);
  });

  test('that answers twice has answered once', async () => {
    const handler: SayHello = (_, callback) => {
      callback(null, reply('first'));
      callback(null, reply('second'));
      callback({ code: status.INTERNAL });
    };
    expect(await sayHello(handler)).toBe('first');
  });

  test('that fails after its answer is logged, and the answer stands', async () => {
    const handler: SayHello = async (_, callback) => {
      callback(null, reply('first'));
      throw new Error('too late');
    };
    expect(await sayHello(handler)).toBe('first');
    expect(records).toEqual([expect.objectContaining({ error: 'too late' })]);
  });
});

test('a handler of a stream that rejects ends the stream with its message', async () => {
  const connection = await serve({
    definition: healthGrpc.HealthService,
    implementation: { watch: (() => Promise.reject(new Error('nothing to watch'))) as never },
  });
  const stream = connection.client(healthGrpc.HealthClient).watch(new healthPb.HealthCheckRequest());
  const error = await new Promise((resolve) => stream.resume().once('error', resolve));
  expect(error).toMatchObject({ code: status.UNKNOWN, details: 'nothing to watch' });
  expect(records).toEqual([expect.objectContaining({ path: '/grpc.health.v1.Health/Watch' })]);
});

test('a method without a handler is not implemented', async () => {
  const connection = await serve({ definition: greeterGrpc.GreeterService, implementation: {} });
  const client = connection.client(greeterGrpc.GreeterClient);
  await expect(
    unary<helloPb.HelloReply>((callback) => client.sayHello(new helloPb.HelloRequest(), callback)),
  ).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
});

test('a handler keeps its object', async () => {
  class Greeter {
    readonly #greeting = 'Hello';

    sayHello(_call: unknown, callback: sendUnaryData<helloPb.HelloReply>): void {
      callback(null, reply(this.#greeting));
    }
  }
  const connection = await serve({
    definition: greeterGrpc.GreeterService,
    implementation: new Greeter() as never,
  });
  const client = connection.client(greeterGrpc.GreeterClient);
  const answer = await unary<helloPb.HelloReply>((callback) => client.sayHello(new helloPb.HelloRequest(), callback));
  expect(answer.getMessage()).toBe('Hello');
});
