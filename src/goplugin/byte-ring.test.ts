import { describe, expect, test } from 'vitest';
import { ByteRing } from './byte-ring.ts';

function takeAll(ring: ByteRing): string {
  let text = '';
  while (ring.byteLength > 0) {
    text += Buffer.from(ring.take(ring.capacityBytes)).toString();
  }
  return text;
}

describe('ByteRing', () => {
  test('gives back what was pushed, in order', () => {
    const ring = new ByteRing(8);
    ring.push(Buffer.from('abc'));
    ring.push(Buffer.from('def'));
    expect(Buffer.from(ring.take(4)).toString()).toBe('abcd');
    expect(takeAll(ring)).toBe('ef');
    expect(ring.droppedByteLength).toBe(0);
  });

  test('takes nothing where there is nothing', () => {
    expect(new ByteRing(8).take(4)).toEqual(new Uint8Array(0));
  });

  test('drops the oldest bytes and counts them', () => {
    const ring = new ByteRing(4);
    ring.push(Buffer.from('abc'));
    ring.push(Buffer.from('de'));
    expect(ring.droppedByteLength).toBe(1);
    expect(takeAll(ring)).toBe('bcde');
  });

  test('keeps the end of what is longer than itself', () => {
    const ring = new ByteRing(4);
    ring.push(Buffer.from('xy'));
    ring.push(Buffer.from('abcdefgh'));
    expect(ring.droppedByteLength).toBe(6);
    expect(takeAll(ring)).toBe('efgh');
  });

  test('hands out bytes that later pushes do not change', () => {
    const ring = new ByteRing(4);
    ring.push(Buffer.from('abcd'));
    const taken = ring.take(4);
    ring.push(Buffer.from('wxyz'));
    expect(Buffer.from(taken).toString()).toBe('abcd');
  });

  test('behaves like a text that is cut at its front, whatever the sizes', () => {
    const ring = new ByteRing(7);
    let model = '';
    let dropped = 0;
    for (let step = 0; step < 500; step++) {
      const pushed = String.fromCharCode(97 + (step % 26)).repeat((step * 5) % 11);
      ring.push(Buffer.from(pushed));
      model += pushed;
      dropped += Math.max(0, model.length - 7);
      model = model.slice(-7);
      const taken = Buffer.from(ring.take((step * 3) % 5)).toString();
      expect(model.startsWith(taken)).toBe(true);
      model = model.slice(taken.length);
      expect([ring.byteLength, ring.droppedByteLength]).toEqual([model.length, dropped]);
    }
    expect(takeAll(ring)).toBe(model);
  });
});
