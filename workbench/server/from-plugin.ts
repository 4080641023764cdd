import { HttpError } from './http-error.ts';

/** Waits for what the plugin answers. @throws HttpError 500 where no answer comes, as Grafana's own */
export async function fromPlugin<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw noAnswer(error);
  }
}

/** The same of an answer in parts. */
export async function* partsFromPlugin<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    throw noAnswer(error);
  }
}

function noAnswer(error: unknown): HttpError {
  return new HttpError(500, `The plugin did not answer: ${error instanceof Error ? error.message : error}`);
}
