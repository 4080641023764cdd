import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createLogger } from '../hclog.ts';
import { GrpcMuxer, type KnockMessage } from './grpc-muxer.ts';

/** One side, with all that it sends. */
function start({ withMain = true, sendError = undefined as Error | undefined } = {}) {
  const sent: KnockMessage[] = [];
  const records: string[] = [];
  const main: unknown[] = [];
  const muxer = new GrpcMuxer({
    session: Promise.resolve({
      open: async () => new PassThrough(),
      close: () => undefined,
      closed: new Promise(() => undefined),
    }),
    async send(message) {
      sent.push(message);
      if (sendError !== undefined) {
        throw sendError;
      }
    },
    ...(withMain ? { onMainStream: (stream) => main.push(stream) } : {}),
    logger: createLogger({ name: 'test', write: (line) => records.push(JSON.parse(line)['@message']) }),
    nowMs: () => 0,
  });
  return { muxer, sent, main, records };
}

const knock = (id: number): KnockMessage => ({ id, isAck: false, error: '' });
const ack = (id: number): KnockMessage => ({ id, isAck: true, error: '' });

describe('GrpcMuxer', () => {
  test('acknowledges a knock for an id that is served, and gives it the next stream', () => {
    const { muxer, sent, main } = start();
    const taken: unknown[] = [];
    muxer.listen(7, (stream) => taken.push(stream));
    muxer.receive(knock(7));
    expect(sent).toEqual([ack(7)]);
    const [brokered, other] = [new PassThrough(), new PassThrough()];
    muxer.accept(brokered);
    muxer.accept(other);
    expect([taken, main]).toEqual([[brokered], [other]]);
  });

  test('acknowledges a knock that came first when its id is served', () => {
    const { muxer, sent } = start();
    muxer.receive(knock(7));
    expect(sent).toEqual([]);
    muxer.listen(7, () => undefined);
    expect(sent).toEqual([ack(7)]);
  });

  test('ends a stream that nobody serves, and says so', () => {
    const { muxer, records } = start({ withMain: false });
    const stream = new PassThrough();
    muxer.accept(stream);
    expect(stream.destroyed).toBe(true);
    expect(records).toEqual(['The other side opens a stream that nobody serves']);
  });

  test('does not answer knocks for an id that is served no longer', () => {
    const { muxer, sent, main } = start();
    const stop = muxer.listen(7, () => undefined);
    stop();
    muxer.receive(knock(7));
    const stream = new PassThrough();
    muxer.accept(stream);
    expect([sent, main]).toEqual([[], [stream]]);
  });

  test('knocks, and dials when the other side consents', async () => {
    const { muxer, sent } = start();
    const dial = muxer.dial(7);
    await Promise.resolve();
    muxer.receive(ack(7));
    expect(await dial).toBeInstanceOf(PassThrough);
    expect(sent).toEqual([knock(7)]);
  });

  test('opens the main stream without a knock', async () => {
    const { muxer, sent } = start();
    expect(await muxer.open()).toBeInstanceOf(PassThrough);
    expect(sent).toEqual([]);
  });

  test('logs an answer that cannot be sent', async () => {
    const { muxer, records } = start({ sendError: new Error('gone') });
    muxer.listen(7, () => undefined);
    muxer.receive(knock(7));
    await new Promise((resolve) => setImmediate(resolve));
    expect(records).toEqual(['A knock cannot be answered']);
  });
});
