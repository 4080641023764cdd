import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** What the plugin takes as well: requests beyond it would be refused there. */
const maxBodyBytes = 16 * 1024 * 1024;

/** @throws HttpError 413 where it is longer than 16 MiB */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let byteLength = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    byteLength += part.byteLength;
    if (byteLength > maxBodyBytes) {
      throw new HttpError(413, `Cannot read the body: it is longer than ${maxBodyBytes} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @throws HttpError 400 where it is no JSON object */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  // A form of a foreign page cannot send this type without asking first.
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new HttpError(415, 'Cannot read the body: its type is not application/json');
  }
  const body = await readBody(request);
  return asObject(parseJson(body.toString()), 'the body');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `Cannot read the body: ${(error as Error).message}`);
  }
}

/** @throws HttpError 400 */
export function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HttpError(400, `Cannot read ${what}: expected an object`);
  }
  return value as Record<string, unknown>;
}
