import { ResourceError } from '../resources.ts';

/**
 * Asks nothing for a while where the backend did not answer, and throws the same error again: an editor asks at each pause in typing, and a
 * backend that is gone would be asked as often.
 */
export function withRest<Input extends readonly unknown[], Output>(
  ask: (...input: Input) => Promise<Output>,
  restMs: number,
  now: () => number = Date.now,
): (...input: Input) => Promise<Output> {
  let resting: { readonly untilMs: number; readonly error: ResourceError } | undefined;
  return async (...input) => {
    if (resting && now() < resting.untilMs) {
      throw resting.error;
    }
    try {
      const output = await ask(...input);
      resting = undefined;
      return output;
    } catch (error) {
      resting = isOutOfReach(error) ? { untilMs: now() + restMs, error } : undefined;
      throw error;
    }
  };
}

/** No answer at all, one of a gateway, a backend that has no time, or one that is not there or too old. */
function isOutOfReach(error: unknown): error is ResourceError {
  return error instanceof ResourceError && ([0, 404, 429].includes(error.status) || error.status >= 500);
}
