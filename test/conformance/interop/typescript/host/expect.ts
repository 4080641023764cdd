import { setTimeout as delay } from 'node:timers/promises';
import { inspect, isDeepStrictEqual } from 'node:util';
import { type ServiceError, status } from '@grpc/grpc-js';

/** Throws an error with both values where they differ. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`${what}: ${show(actual)}, expected ${show(expected)}`);
  }
}

function show(value: unknown): string {
  return inspect(value, {
    breakLength: Number.POSITIVE_INFINITY,
    compact: true,
    maxArrayLength: 20,
    maxStringLength: 500,
  });
}

/** Throws an error with this sentence unless the condition holds. */
export function expectThat(condition: boolean, failure: string): void {
  if (!condition) {
    throw new Error(failure);
  }
}

/** Waits for a call to end with this status and, where one is given, this text. */
export async function expectStatus(call: Promise<unknown>, code: status, text?: string): Promise<void> {
  const { code: actualCode, details } = await failureOf('The call', call);
  const got = actualCode === undefined ? details : status[actualCode];
  expectEqual('The call ended with', [got, text === undefined ? undefined : details], [status[code], text]);
}

/** Waits for something to fail, and gives the error. */
export async function failureOf(what: string, promise: Promise<unknown>): Promise<Error & Partial<ServiceError>> {
  try {
    await promise;
  } catch (error) {
    return error as ServiceError;
  }
  throw new Error(`${what} ended well, expected an error`);
}

/** Asks again and again, since what is asked has no event. `what` is what was waited for in vain. */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  while (!(await condition())) {
    if (signal.aborted) {
      throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}`);
    }
    await delay(5);
  }
}
