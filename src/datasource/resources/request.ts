import type { z } from 'zod';
import { DatasourceError } from '../errors.ts';
import { firstIssue } from '../first-issue.ts';
import type { ResourceCall } from './resource.ts';

/** SQL that is longer is nothing that an editor shows. */
const maxBodyBytes = 1024 * 1024;

/**
 * Reads what stands behind the question mark; what is empty counts as missing.
 *
 * @throws DatasourceError `request_invalid` that names the key
 */
export function parseParameters<T extends z.ZodType>({ query }: ResourceCall, schema: T): z.output<T> {
  return parse(Object.fromEntries([...query].filter(([, value]) => value !== '')), schema);
}

/**
 * Reads a JSON body.
 *
 * @throws DatasourceError `request_invalid` that names the key
 */
export function parseBody<T extends z.ZodType>({ body }: ResourceCall, schema: T): z.output<T> {
  if (body.byteLength > maxBodyBytes) {
    throw invalid(`its body has more than ${maxBodyBytes} bytes`);
  }
  return parse(parseJson(body), schema);
}

function parse<T extends z.ZodType>(value: unknown, schema: T): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw invalid(firstIssue(parsed.error));
  }
  return parsed.data;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch (cause) {
    throw invalid((cause as Error).message, cause);
  }
}

/** Replacing what is no text would change the SQL silently. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function invalid(why: string, cause?: unknown): DatasourceError {
  return new DatasourceError('request_invalid', `Cannot read the request: ${why}`, { cause });
}
