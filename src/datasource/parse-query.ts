import { z } from 'zod';
import {
  adHocOperators,
  defaultFormat,
  downsamples,
  formatOf,
  type QuiverQuery,
  queryFormats,
} from '../model/query.ts';
import { DatasourceError } from './errors.ts';
import { firstIssue } from './first-issue.ts';

const fill = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('null') }),
  z.object({ mode: z.literal('previous') }),
  z.object({ mode: z.literal('value'), value: z.number() }),
]);

const format = z.unknown().transform((written, context) => {
  const known = formatOf({ format: written });
  if (known) {
    return known;
  }
  const names = Object.keys(queryFormats).join(', ');
  const got = typeof written === 'string' || typeof written === 'number' ? JSON.stringify(written) : typeof written;
  context.addIssue({ code: 'custom', message: `expected one of ${names}, got ${got}` });
  return z.NEVER;
});

const adHocFilter = z.object({
  key: z.string(),
  operator: z.enum(adHocOperators),
  value: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  values: z.array(z.string()).nullish(),
});

/** Each is looked for among the columns, and tried where the statement fails. */
const maxFilters = 1000;

const logsContext = z.object({
  direction: z.enum(['backward', 'forward']),
  timeNs: z.string().regex(/^-?\d{1,19}$/, 'expected nanoseconds since 1970 in digits'),
  limit: z.int().positive(),
});

/**
 * The keys of a query; docs/queries.md names the same. Others are kept by whoever saved the query, and ignored; null is how some editors
 * write "not set".
 */
export const querySchema = z.object({
  rawSql: z.string().nullish(),
  format: format.nullish(),
  fill: fill.nullish(),
  downsample: z.enum(downsamples).nullish(),
  timezone: z.string().nullish(),
  adHocFilters: z.array(adHocFilter).max(maxFilters).nullish(),
  queryType: z.string().nullish(),
  logsContext: logsContext.nullish(),
});

/**
 * Reads a query as panels save it.
 *
 * @throws DatasourceError `query_invalid` that names the key and what was expected of it
 */
export function parseQuery(refId: string, json: Uint8Array): QuiverQuery {
  const parsed = querySchema.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new DatasourceError('query_invalid', `Cannot read the query: ${firstIssue(parsed.error)}`);
  }
  const { rawSql, fill, downsample, timezone, adHocFilters, queryType, logsContext } = parsed.data;
  if (!rawSql?.trim()) {
    throw new DatasourceError('query_invalid', 'Cannot run the query: rawSql is empty', { hint: 'Write a SELECT' });
  }
  return {
    refId,
    rawSql,
    format: parsed.data.format ?? defaultFormat,
    ...(fill && { fill }),
    ...(downsample && { downsample }),
    ...(timezone && { timezone }),
    ...(queryType && { queryType }),
    ...(logsContext && { logsContext }),
    ...(adHocFilters && {
      adHocFilters: adHocFilters.map(({ values, ...filter }) => ({ ...filter, ...(values && { values }) })),
    }),
  };
}

function parseJson(json: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(json));
  } catch (cause) {
    throw new DatasourceError('query_invalid', `Cannot read the query: ${(cause as Error).message}`, { cause });
  }
}

/** Replacing what is no text would change the SQL silently. */
const utf8 = new TextDecoder('utf-8', { fatal: true });
