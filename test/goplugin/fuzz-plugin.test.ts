/** What a plugin makes of a host that sends nonsense. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import counterPb from '../../examples/generated/counter_pb.js';
import greeterPb from '../../examples/generated/hello_pb.js';
import controllerPb from '../../src/generated/goplugin/grpc_controller_pb.js';
import reflectionPb from '../../src/generated/grpc/reflection/v1/reflection_pb.js';
import { createLogger } from '../../src/goplugin/index.ts';
import { chooseSeed, Random } from '../random.ts';
import { createClient, type Given, type LeaksClient, say, useAll } from './fixtures/leaks-client.ts';
import type { Usage } from './fixtures/leaks-usage.ts';
import { absurdConnInfo, absurdHealthRequest, brokenFrame, frame, undecodable } from './fuzz-messages.ts';
import { brokenHttp2, cut, RawClient, sendRaw } from './fuzz-raw-client.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 240_000 });

const seed = chooseSeed();
const clients: LeaksClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()));
});

/** The methods, each with a message that it would take. The controller's gets none, since one that it takes ends the plugin. */
const methods: readonly (readonly [path: string, message: (random: Random) => Uint8Array])[] = [
  ['/plugin.GRPCBroker/StartStream', absurdConnInfo],
  ['/plugin.GRPCBroker/StartStream', absurdConnInfo],
  ['/plugin.GRPCStdio/StreamStdio', () => new controllerPb.Empty().serializeBinary()],
  ['/grpc.health.v1.Health/Check', absurdHealthRequest],
  ['/grpc.health.v1.Health/Watch', absurdHealthRequest],
  ['/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', reflectionRequest],
  ['/com.example.protos.Greeter/SayHello', helloRequest],
  ['/proto.Counter/Put', putRequest],
  ['/plugin.GRPCController/Start', absurdConnInfo],
  ['/', absurdConnInfo],
];

function reflectionRequest(random: Random): Uint8Array {
  const request = new reflectionPb.ServerReflectionRequest();
  random.pick([
    () => request.setFileByFilename('grpc_broker.proto'),
    () => request.setFileContainingSymbol('x'.repeat(random.length(1000))),
    () => request.setAllExtensionNumbersOfType(''),
    () => request.setListServices('*'),
  ])();
  return request.serializeBinary();
}

function helloRequest(random: Random): Uint8Array {
  const request = new greeterPb.HelloRequest();
  request.setName(random.pick(['Ada', 'never', 'print', 'x'.repeat(1000)]));
  return request.serializeBinary();
}

function putRequest(random: Random): Uint8Array {
  const request = new counterPb.CounterPutRequest();
  request.setAddServer(random.pick([0, 1000, 2 ** 32 - 1]));
  return request.serializeBinary();
}

async function startPlugin(given: Given = {}) {
  let log = '';
  const logger = createLogger({
    name: 'host',
    level: 'trace',
    write(line) {
      log += line;
    },
  });
  const client = createClient(given, logger);
  clients.push(client);
  const address = await client.start();
  // A broken message may dial any id, and take from this host what is announced: mostly a small one.
  while (client.broker.nextId() < 1_000_000) {}
  return { client, address, log: () => log };
}

type Plugin = Awaited<ReturnType<typeof startPlugin>>;

/** A call, and brokered ones in both directions. */
async function expectToServe({ client }: Plugin): Promise<void> {
  expect(await client.health(20_000)).toBe(true);
  await useAll(client);
}

async function usage({ client }: Plugin): Promise<Usage> {
  return JSON.parse(await say(client.dispense('itself'), 'usage')) as Usage;
}

/** Nothing of what it was sent may have come so far as to be nobody's error. */
async function expectGoodEnd({ client, log }: Plugin): Promise<void> {
  expect(await client.stop()).toEqual({ code: 0, signal: null });
  expect(log()).not.toMatch(/Uncaught exception|Unhandled rejection/);
}

describe(`a plugin (seed ${seed})`, () => {
  test('takes 10,000 broken messages and serves on', async () => {
    const random = new Random(seed);
    const plugin = await startPlugin();
    const counts = { messages: 0, calls: 0 };
    const batch = async (messageCount: number) => {
      const raw = Array.from({ length: 5 }, () => new RawClient(plugin.address));
      const calls: Promise<void>[] = [];
      for (let sent = 0; sent < messageCount; ) {
        const [path, message] = random.pick(methods);
        const count = 1 + random.below(8);
        const bytes = Buffer.concat(Array.from({ length: count }, () => brokenFrame(random, message(random))));
        const end = random.pick(['end', 'end', 'reset', 'leave'] as const);
        const headers = random.happens(0.1) ? { 'grpc-encoding': random.pick(['gzip', 'deflate', 'none', '']) } : {};
        calls.push(random.pick(raw).call(path, cut(random, bytes), end, headers));
        sent += count;
        counts.messages += count;
        counts.calls++;
      }
      // Those that never end are cut off by their connection's end.
      await Promise.race([Promise.all(calls), new Promise((resolve) => setTimeout(resolve, 300))]);
      for (const client of raw) {
        client.close();
      }
      await expectToServe(plugin);
    };
    await batch(1000);
    const before = await usage(plugin);
    while (counts.messages < 10_000) {
      await batch(1000);
    }
    const after = await usage(plugin);
    console.log(
      `Plugin, seed ${seed}: ${counts.messages} messages in ${counts.calls} calls, ` +
        `${before.heapMiB} → ${after.heapMiB} MiB of heap, ${before.fds} → ${after.fds} fds`,
    );
    expect(after.heapMiB - before.heapMiB).toBeLessThan(8);
    expect(after.fds).toBe(before.fds);
    // They did come as far as the broker.
    expect(plugin.log()).toContain('announces a connection at no address');
    await expectGoodEnd(plugin);
  });

  test.each([
    ['', {}],
    [', with AutoMTLS', { autoMtls: true }],
  ])('takes 5,000 frames that are no HTTP/2 and serves on%s', async (how, given) => {
    const random = new Random(seed);
    const plugin = await startPlugin(given);
    for (let batch = 0; batch < 5; batch++) {
      const connections = Array.from({ length: 100 }, () => sendRaw(plugin.address, brokenHttp2(random, 10), 500));
      await Promise.all(connections);
      await expectToServe(plugin);
    }
    console.log(`Plugin, seed ${seed}: 5000 frames that are no HTTP/2 in 500 connections${how}`);
    await expectGoodEnd(plugin);
  });

  test('is not ended by a message to its controller that cannot be read, nor by none, nor by two', async () => {
    const random = new Random(seed);
    const plugin = await startPlugin();
    const empty = frame(new Uint8Array());
    const broken: readonly (() => Buffer)[] = [
      () => frame(undecodable(random)),
      () => frame(Buffer.concat([Buffer.from('0801', 'hex'), undecodable(random)])),
      () => frame(random.bytes(10), 0, random.pick([11, 2 ** 32 - 1])),
      () => Buffer.concat([empty, empty]),
      () => Buffer.concat([empty, frame(undecodable(random))]),
      () => Buffer.alloc(0),
      () => empty.subarray(0, 4),
    ];
    const raw = new RawClient(plugin.address);
    for (let count = 0; count < 500; count++) {
      await raw.call('/plugin.GRPCController/Shutdown', cut(random, random.pick(broken)()), 'end');
    }
    raw.close();
    console.log(`Plugin, seed ${seed}: 500 messages to its controller that cannot be read`);
    await expectToServe(plugin);
    await expectGoodEnd(plugin);
  });
});
