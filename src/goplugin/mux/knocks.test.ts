import { describe, expect, test } from 'vitest';
import { Knocks, knockLimitMs } from './knocks.ts';

describe('Knocks', () => {
  test('gives the stream after an acknowledged knock to its id, and later ones to nobody', () => {
    const knocks = new Knocks();
    expect(knocks.listen(7, 0)).toBe(false);
    expect(knocks.knock(7, 1)).toBe(true);
    expect(knocks.takeStream(2)).toBe(7);
    expect(knocks.takeStream(3)).toBeUndefined();
  });

  test('knows nothing of a stream before any knock', () => {
    const knocks = new Knocks();
    knocks.listen(7, 0);
    expect(knocks.takeStream(1)).toBeUndefined();
  });

  test('lets one id be dialled again and again', () => {
    const knocks = new Knocks();
    knocks.listen(7, 0);
    for (let nowMs = 1; nowMs < 4; nowMs++) {
      expect([knocks.knock(7, nowMs), knocks.takeStream(nowMs)]).toEqual([true, 7]);
    }
  });

  test('keeps a knock that comes before its id is served', () => {
    const knocks = new Knocks();
    expect(knocks.knock(7, 0)).toBe(false);
    expect(knocks.listen(8, 1)).toBe(false);
    expect(knocks.takeStream(2)).toBeUndefined();
    expect(knocks.listen(7, 4499)).toBe(true);
    expect(knocks.takeStream(4500)).toBe(7);
  });

  test('forgets a knock when an acknowledgement might reach the other side too late', () => {
    const knocks = new Knocks();
    knocks.knock(7, 0);
    expect(knocks.listen(7, 4500)).toBe(false);
    expect(knocks.takeStream(4500)).toBeUndefined();
  });

  test('gives a late stream to nobody', () => {
    const knocks = new Knocks();
    knocks.listen(7, 0);
    knocks.knock(7, 0);
    expect(knocks.takeStream(knockLimitMs)).toBeUndefined();
  });

  test('takes a newer knock for the end of an older one', () => {
    const knocks = new Knocks();
    knocks.listen(7, 0);
    knocks.listen(8, 0);
    knocks.knock(7, 1);
    expect(knocks.knock(8, 2)).toBe(true);
    expect([knocks.takeStream(3), knocks.takeStream(3)]).toEqual([8, undefined]);
    knocks.knock(7, 4);
    expect([knocks.knock(9, 4), knocks.takeStream(4)]).toEqual([false, undefined]);
    knocks.knock(9, 4);
    knocks.knock(10, 5);
    expect([knocks.listen(9, 6), knocks.listen(10, 6)]).toEqual([false, true]);
  });

  test('gives nothing to an id that is served no longer', () => {
    const knocks = new Knocks();
    knocks.listen(7, 0);
    knocks.knock(7, 1);
    knocks.forget(7);
    expect(knocks.takeStream(2)).toBeUndefined();
    expect(knocks.knock(7, 3)).toBe(false);
  });

  test('leaves the knock of another id alone when one is forgotten', () => {
    const knocks = new Knocks();
    knocks.listen(7, 0);
    knocks.knock(7, 1);
    knocks.forget(8);
    expect(knocks.takeStream(2)).toBe(7);
  });
});
