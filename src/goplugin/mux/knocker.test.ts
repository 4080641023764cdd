import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Knocker } from './knocker.ts';

/** A knocker, with what it did in the order it did it. */
function start({ limitMs = 1000, sendError = undefined as Error | undefined } = {}) {
  const did: string[] = [];
  const streams: PassThrough[] = [];
  const knocker = new Knocker({
    limitMs,
    async sendKnock(id) {
      did.push(`knock ${id}`);
      if (sendError !== undefined) {
        throw sendError;
      }
    },
    async open() {
      did.push('open');
      const stream = new PassThrough();
      streams.push(stream);
      return stream;
    },
  });
  return { knocker, did, streams };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Knocker', () => {
  test('opens the stream only when its knock is acknowledged', async () => {
    const { knocker, did, streams } = start();
    const dial = knocker.dial(7);
    await settled();
    expect(did).toEqual(['knock 7']);
    knocker.acknowledge(7, '');
    expect(await dial).toBe(streams[0]);
    expect(did).toEqual(['knock 7', 'open']);
  });

  test('knocks for the second id when the stream of the first is open', async () => {
    const { knocker, did } = start();
    const dials = [knocker.dial(7), knocker.dial(8)];
    await settled();
    knocker.acknowledge(7, '');
    await settled();
    knocker.acknowledge(8, '');
    await Promise.all(dials);
    expect(did).toEqual(['knock 7', 'open', 'knock 8', 'open']);
  });

  test('opens no stream without a knock while a knock waits', async () => {
    const { knocker, did } = start();
    const dial = knocker.dial(7);
    const main = knocker.openMain();
    await settled();
    expect(did).toEqual(['knock 7']);
    knocker.acknowledge(7, '');
    expect(await main).not.toBe(await dial);
  });

  test('rejects with what the other side says, and dials on', async () => {
    const { knocker, did } = start();
    const [first, second] = [knocker.dial(7), knocker.dial(8)];
    await settled();
    knocker.acknowledge(7, 'no listener for id 7');
    await expect(first).rejects.toMatchObject({
      code: 'broker',
      message: 'Cannot dial the brokered connection 7: the other side says: no listener for id 7',
    });
    await settled();
    knocker.acknowledge(8, '');
    await second;
    expect(did).toEqual(['knock 7', 'knock 8', 'open']);
  });

  test('rejects when no answer comes in time', async () => {
    const { knocker, did } = start({ limitMs: 20 });
    await expect(knocker.dial(7)).rejects.toMatchObject({
      code: 'broker',
      message: 'Cannot dial the brokered connection 7: the other side has not answered the knock within 20 ms',
    });
    expect(did).toEqual(['knock 7']);
  });

  test('rejects at once when the knock cannot be sent', async () => {
    const { knocker } = start({ sendError: new Error('no broker stream') });
    await expect(knocker.dial(7)).rejects.toThrow('no broker stream');
  });

  test('uses up a consent that comes too late, so that it is not taken for that of the next dial', async () => {
    const { knocker, did, streams } = start({ limitMs: 20 });
    await expect(knocker.dial(7)).rejects.toMatchObject({ code: 'broker' });
    knocker.acknowledge(7, '');
    await settled();
    expect(did).toEqual(['knock 7', 'open']);
    expect(streams[0]?.destroyed).toBe(true);
  });

  test('does not take the consent for another id as its own', async () => {
    const { knocker, did, streams } = start();
    const dial = knocker.dial(8);
    await settled();
    knocker.acknowledge(7, '');
    await settled();
    expect([did, streams[0]?.destroyed]).toEqual([['knock 8', 'open'], true]);
    knocker.acknowledge(8, '');
    expect(await dial).toBe(streams[1]);
  });

  test('opens nothing for a refusal that comes too late', async () => {
    const { knocker, did } = start();
    knocker.acknowledge(7, 'no');
    await settled();
    expect(did).toEqual([]);
  });

  test('gives up at the signal, and sees the knock that was sent to its end before the next', async () => {
    const { knocker, did, streams } = start();
    const abort = new AbortController();
    const [first, second] = [knocker.dial(7, abort.signal), knocker.dial(8)];
    await settled();
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect(did).toEqual(['knock 7']);
    knocker.acknowledge(7, '');
    await settled();
    expect(did).toEqual(['knock 7', 'open', 'knock 8']);
    expect(streams[0]?.destroyed).toBe(true);
    knocker.acknowledge(8, '');
    expect(await second).toBe(streams[1]);
  });

  test('does not knock for a caller who gave up while waiting for the turn', async () => {
    const { knocker, did } = start();
    const abort = new AbortController();
    const [first, second] = [knocker.dial(7), knocker.dial(8, abort.signal)];
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    await settled();
    knocker.acknowledge(7, '');
    await first;
    await settled();
    expect(did).toEqual(['knock 7', 'open']);
  });

  test('does not knock for a caller who gave up before', async () => {
    const { knocker, did } = start();
    await expect(knocker.dial(7, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    expect(did).toEqual([]);
  });

  test('ends all dials when it is closed', async () => {
    const { knocker, did } = start();
    const dials = [knocker.dial(7), knocker.dial(8)];
    await settled();
    knocker.close();
    for (const dial of dials) {
      await expect(dial).rejects.toMatchObject({ code: 'broker', message: expect.stringContaining('is closed') });
    }
    expect(did).toEqual(['knock 7']);
  });
});
