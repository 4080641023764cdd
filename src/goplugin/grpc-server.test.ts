import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import healthGrpc from '../generated/goplugin/health_grpc_pb.js';
import healthPb from '../generated/goplugin/health_pb.js';
import { openConnection } from './connection.ts';
import { GrpcServer } from './grpc-server.ts';
import { healthService } from './health.ts';
import { generateCertificate } from './mtls.ts';
import { OpenStreams } from './open-streams.ts';

test.each([
  ['', undefined],
  [', with TLS', generateCertificate],
])('GrpcServer lets a client give up thousands of calls, and keeps the others%s', async (_, generate) => {
  const own = await generate?.();
  const tls = own && { ...own, trusted: own.certificate };
  const server = new GrpcServer([healthService(new OpenStreams())], { tls });
  const directory = mkdtempSync(path.join(os.tmpdir(), 'grpc-server-'));
  const address = path.join(directory, 's');
  const listener = createServer((socket) => server.accept(socket));
  await new Promise<void>((resolve) => listener.listen(address, resolve));
  const connection = openConnection({ network: 'unix', address }, tls);
  const client = connection.client(healthGrpc.HealthClient);
  const request = new healthPb.HealthCheckRequest();
  const open = () => client.watch(request).on('error', (error) => ends.push(String(error)));
  const ends: string[] = [];
  const kept = open();
  await new Promise((resolve) => kept.once('data', resolve));

  const count = 2500;
  for (let index = 0; index < count; index += 100) {
    const calls = Array.from({ length: 100 }, open);
    await Promise.all(calls.map((call) => new Promise((resolve) => call.once('data', resolve))));
    for (const call of calls) {
      call.cancel();
    }
  }
  await expect.poll(() => ends.length).toBe(count);
  expect(new Set(ends)).toEqual(new Set(['Error: 1 CANCELLED: Cancelled on client']));
  const status = await new Promise<unknown>((resolve, reject) => {
    client.check(request, (error, response) => (response ? resolve(response.getStatus()) : reject(error)));
  });
  expect(status).toBe(healthPb.HealthCheckResponse.ServingStatus.SERVING);
  expect(ends).toHaveLength(count);

  connection.close();
  listener.close();
  await server.stop(0);
  rmSync(directory, { recursive: true, force: true });
});
