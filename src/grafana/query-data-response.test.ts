import { describe, expect, test } from 'vitest';
import type { Frame } from '../frame/frame.ts';
import { finish } from '../steps/steps.ts';
import { encodeQueryDataResponse, serializeQueryDataResponse, WireMessage } from './query-data-response.ts';

const large = 2 ** 17;

function bytesOf(message: { byteLength: number; copy(target: Uint8Array, offset: number): number }): Uint8Array {
  const bytes = new Uint8Array(message.byteLength + 2);
  expect(message.copy(bytes, 1)).toBe(message.byteLength);
  return bytes.subarray(1, -1);
}

describe('WireMessage', () => {
  test('copies chunks one after the other, and keeps what it does not own', () => {
    const chunks = [Uint8Array.of(1, 2), new Uint8Array(large).fill(7), Uint8Array.of(3)];
    const bytes = bytesOf(new WireMessage(chunks));
    expect([bytes.byteLength, bytes[1], bytes[2], bytes.at(-2), bytes.at(-1)]).toEqual([large + 3, 2, 7, 7, 3]);
    expect(chunks[1]?.byteLength).toBe(large);
  });

  test('gives back what it owns, but only after the last chunk of a buffer', () => {
    const buffer = new Uint8Array(large).fill(7);
    const [first, second] = [buffer.subarray(0, 3), buffer.subarray(large - 2)];
    const bytes = bytesOf(new WireMessage([first, Uint8Array.of(1), second], [first, second]));
    expect(Array.from(bytes)).toEqual([7, 7, 7, 1, 7, 7]);
    expect(buffer.buffer.detached).toBe(true);
  });

  test("never gives back Node's pool", () => {
    const small = Buffer.from('abc');
    bytesOf(new WireMessage([small], [small]));
    expect(small.toString()).toBe('abc');
  });

  test('copies a chunk that is there twice both times, before it is given back', () => {
    const twice = new Uint8Array(2 ** 17).fill(7);
    const bytes = bytesOf(new WireMessage([twice, Uint8Array.of(1), twice], [twice]));
    expect(bytes.byteLength).toBe(2 ** 18 + 1);
    expect(bytes.at(-1)).toBe(7);
    expect(twice.byteLength).toBe(0);
  });
});

test.each([
  ['are empty where the answer owns them', true, 0],
  ['stay where it does not say so', undefined, large],
])('columns %s, once they are sent', (_, ownsColumns, length) => {
  const values = new Float64Array(large);
  const column = { layout: 'fixed', length: large, nullCount: 0, validity: null, values } as const;
  const frame: Frame = {
    fields: [{ name: 'value', type: 'float64' }],
    batches: [{ rowCount: large, columns: [column] }],
  };
  const answer = { status: 200, frames: [frame], ...(ownsColumns && { ownsColumns }) };
  const encoded = finish(encodeQueryDataResponse(new Map([['A', answer]]), () => {}));
  bytesOf(serializeQueryDataResponse(encoded));
  expect(values).toHaveLength(length);
});

test('each frame is encoded by itself, so that all else has its turn', () => {
  const frames = Array.from({ length: 1000 }, (_, i): Frame => ({ name: `${i}`, fields: [], batches: [] }));
  const steps = encodeQueryDataResponse(new Map([['A', { status: 200, frames }]]), () => {});
  for (const _ of frames) {
    expect(steps.next().done).toBe(false);
  }
  expect(steps.next().value).toMatchObject([{ frames: { length: 1000 } }]);
});
