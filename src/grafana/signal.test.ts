import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type Cancellable, signalOf } from './signal.ts';

const callThat = (cancelled: boolean) => Object.assign(new EventEmitter(), { cancelled }) as EventEmitter & Cancellable;

describe('signalOf()', () => {
  test('aborts when the call is cancelled', () => {
    const call = callThat(false);
    const { signal } = signalOf(call);
    expect(signal.aborted).toBe(false);
    call.emit('cancelled');
    expect(signal.aborted).toBe(true);
  });

  test('has aborted where the call was cancelled before', () => {
    expect(signalOf(callThat(true)).signal.aborted).toBe(true);
  });

  test('does not abort once the call is answered', () => {
    const call = callThat(false);
    const { signal, release } = signalOf(call);
    release();
    call.emit('cancelled');
    expect(signal.aborted).toBe(false);
    expect(call.listenerCount('cancelled')).toBe(0);
  });
});
