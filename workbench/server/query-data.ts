import type { Answer, GrafanaHost, PanelQuery } from '../../scripts/grafana-host.ts';
import { type DataSources, toHostSource } from './data-sources.ts';
import { frameToJson } from './frame-json.ts';
import { fromPlugin } from './from-plugin.ts';
import { HttpError } from './http-error.ts';
import { asObject } from './read-body.ts';

export interface JsonAnswer {
  readonly status: number;
  readonly json: string;
}

/** Answers the body of `POST /api/ds/query`, whose queries may belong to several data sources. */
export async function answerQueries(
  host: GrafanaHost,
  sources: DataSources,
  body: Record<string, unknown>,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const queries = readQueries(body);
  const byUid = Map.groupBy(queries, ({ uid }) => uid);
  const answers = await Promise.all(
    [...byUid].map(async ([uid, group]) => {
      const found = await fromPlugin(host.query(toHostSource(sources.get(uid)), group, { signal }));
      return found.map((answer, index) => [group[index]?.refId ?? '', answer] as const);
    }),
  );
  const entries = answers.flat();
  // One that failed makes the whole a 400 (Grafana pkg/api/ds_query.go, toJsonStreamingResponse; in old versions a 207 where the
  // feature toggle datasourceQueryMultiStatus is on). toDataQueryResponse() of @grafana/runtime reads each query's answer out of either.
  const failed = entries.some(([, { error }]) => error !== '');
  const results = entries.map(([refId, answer]) => `${JSON.stringify(refId)}:${answerToJson(answer)}`);
  return { status: failed ? 400 : 200, json: `{"results":{${results.join(',')}}}` };
}

interface SentQuery extends PanelQuery {
  readonly refId: string;
  readonly uid: string;
}

/** @throws HttpError 400 */
function readQueries({ queries, from, to }: Record<string, unknown>): SentQuery[] {
  if (!Array.isArray(queries) || queries.length === 0) {
    throw new HttpError(400, 'Cannot read the body: no queries found');
  }
  const range = { from: readTime(from, 'from'), to: readTime(to, 'to') };
  return queries.map((value: unknown) => {
    const query = asObject(value, 'a query');
    const uid = asObject(query.datasource, "a query's datasource").uid;
    return {
      model: query,
      refId: typeof query.refId === 'string' ? query.refId : 'A',
      uid: typeof uid === 'string' ? uid : '',
      range,
      maxDataPoints: readNumber(query.maxDataPoints, 100),
      intervalMs: readNumber(query.intervalMs, 1000),
      queryType: typeof query.queryType === 'string' ? query.queryType : '',
    };
  });
}

/** Milliseconds since the epoch, as digits: nothing of ours sends `now-1h`. */
function readTime(value: unknown, name: string): Date {
  const time = new Date(typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new HttpError(400, `Cannot read the body: ${name} must be milliseconds since the epoch`);
  }
  return time;
}

function readNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? Math.round(value) : otherwise;
}

function answerToJson({ status, error, errorSource, frames }: Answer): string {
  const failure = error === '' ? '' : `"error":${JSON.stringify(error)},"errorSource":${JSON.stringify(errorSource)},`;
  return `{${failure}"status":${status},"frames":[${frames().map(frameToJson).join(',')}]}`;
}
