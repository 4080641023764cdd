import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import greeterGrpc from '../../examples/generated/hello_grpc_pb.js';
import helloPb from '../../examples/generated/hello_pb.js';
import healthGrpc from '../generated/goplugin/health_grpc_pb.js';
import healthPb from '../generated/goplugin/health_pb.js';
import { type Connection, openConnection } from './connection.ts';
import { GrpcServer } from './grpc-server.ts';
import { createLogger } from './hclog.ts';
import { healthService } from './health.ts';
import { type Listener, listen } from './listen.ts';
import { OpenStreams } from './open-streams.ts';
import { unary } from './unary.ts';

let directory: string;
let server: GrpcServer;
let listener: Listener;
let connection: Connection;
let asked: PromiseWithResolvers<void>;

beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'connection-'));
  asked = Promise.withResolvers();
  // Answers nobody.
  const greeter = { definition: greeterGrpc.GreeterService, implementation: { sayHello: () => asked.resolve() } };
  server = new GrpcServer([greeter, healthService(new OpenStreams())]);
  listener = await listen({
    wishes: { socketDir: directory, socketGroup: undefined, minPort: undefined, maxPort: undefined },
    temporaryDirectory: directory,
    platform: process.platform,
    logger: createLogger({ name: 'test', write: () => undefined }),
    onConnection: (socket) => server.accept(socket),
  });
  connection = openConnection(listener);
});

afterEach(async () => {
  connection.close();
  listener.close();
  await server.stop(0);
  rmSync(directory, { recursive: true });
});

describe('a connection that is closed', () => {
  test('ends unary calls that run', async () => {
    const client = connection.client(greeterGrpc.GreeterClient);
    const answer = unary((callback) => client.sayHello(new helloPb.HelloRequest(), callback));
    await asked.promise;
    connection.close();
    await expect(answer).rejects.toMatchObject({
      code: status.UNAVAILABLE,
      details: 'The connection was closed',
    });
  });

  test('ends streams that run, after what has arrived', async () => {
    const stream = connection.client(healthGrpc.HealthClient).watch(new healthPb.HealthCheckRequest());
    const error = new Promise((resolve) => stream.once('error', resolve));
    await new Promise((resolve) => stream.once('data', resolve));
    connection.close();
    expect(await error).toMatchObject({ code: status.UNAVAILABLE });
  });

  test('takes no further call, and can be closed again', () => {
    const client = connection.client(greeterGrpc.GreeterClient);
    connection.close();
    connection.close();
    expect(() => client.sayHello(new helloPb.HelloRequest(), () => undefined)).toThrow();
  });
});
