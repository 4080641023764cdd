import { createServer, type Server } from 'node:net';
import { type sendUnaryData, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import greeterGrpc, { type GreeterClient } from '../../examples/generated/hello_grpc_pb.js';
import pb from '../../examples/generated/hello_pb.js';
import { type Connection, openConnection } from './connection.ts';
import { GrpcServer } from './grpc-server.ts';
import { unary } from './unary.ts';

let server: GrpcServer;
let listener: Server;
let connection: Connection;
let client: GreeterClient;

/** Refuses to greet nobody. */
function sayHello({ request }: { request: pb.HelloRequest }, callback: sendUnaryData<pb.HelloReply>): void {
  const reply = new pb.HelloReply();
  reply.setMessage(`Hello ${request.getName()}`);
  callback(request.getName() === '' ? { code: status.INVALID_ARGUMENT, details: 'Nobody is there' } : null, reply);
}

beforeEach(async () => {
  server = new GrpcServer([{ definition: greeterGrpc.GreeterService, implementation: { sayHello } }]);
  listener = createServer((socket) => server.accept(socket));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  connection = openConnection({ network: 'tcp', address: `127.0.0.1:${port}` });
  client = connection.client(greeterGrpc.GreeterClient);
});

afterEach(async () => {
  connection.close();
  listener.close();
  await server.stop(0);
});

describe('unary()', () => {
  test('resolves with the answer', async () => {
    const request = new pb.HelloRequest();
    request.setName('Ada');
    const reply = await unary<pb.HelloReply>((callback) => client.sayHello(request, callback));
    expect(reply.getMessage()).toBe('Hello Ada');
  });

  test('rejects with the status of a call that is refused', async () => {
    const call = unary<pb.HelloReply>((callback) => client.sayHello(new pb.HelloRequest(), callback));
    await expect(call).rejects.toMatchObject({ code: status.INVALID_ARGUMENT, details: 'Nobody is there' });
  });

  test('rejects where the call cannot even begin', async () => {
    connection.close();
    await expect(unary((callback) => client.sayHello(new pb.HelloRequest(), callback))).rejects.toThrow('shut down');
  });
});
