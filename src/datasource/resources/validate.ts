import { z } from 'zod';
import type { DataQuery } from '../../grafana/handlers.ts';
import type { ResultColumnPayload, ValidatePayload } from '../../model/resources.ts';
import { type ExpandedSql, originalPosition } from '../../query/interpolate.ts';
import { failureFrom, isOfStatement } from '../errors.ts';
import { querySchema } from '../parse-query.ts';
import { type Plan, planQuery } from '../plan-query.ts';
import { askToLook, settingsOf } from './ask-engine.ts';
import { columnKindOf } from './column-kind.ts';
import { toErrorPayload } from './error-payload.ts';
import { parseBody } from './request.ts';
import type { ResourceCall } from './resource.ts';

const hourMs = 3_600_000;

const body = querySchema.extend({
  rawSql: z.string(),
  fromMs: z.number().nullish(),
  toMs: z.number().nullish(),
  intervalMs: z.number().nullish(),
});

/** `POST validate`: macros are expanded, the gate and the engine look at the statement, and nothing of it runs. */
export async function validate(call: ResourceCall): Promise<ValidatePayload> {
  const asked = parseBody(call, body);
  settingsOf(call);
  let plan: Plan;
  try {
    plan = planOf(call, asked);
  } catch (error) {
    return refusalOf(error);
  }
  const { timezone, expanded } = plan;
  // A database that cannot be opened fails before, and is no fault of the statement.
  return await askToLook(call, 'the look at the statement', expanded.sql, async ({ engine, signal }) => {
    try {
      const fields = await engine.describe(expanded.sql, { signal, ...(timezone && { timezone }) });
      const columns = fields.map(({ name, type }): ResultColumnPayload => ({ name, kind: columnKindOf(type) }));
      return { valid: true, sql: expanded.sql, columns };
    } catch (error) {
      // Neither is one that cannot be read any more: then this fails too.
      await engine.catalog.schemas({ limit: 1 }, signal);
      return refusalOf(error, expanded);
    }
  });
}

/** @throws what the person cannot mend in the statement */
function refusalOf(error: unknown, expanded?: ExpandedSql): ValidatePayload {
  const failure = failureFrom(error, () => {});
  if (!isOfStatement(failure.code)) {
    throw error;
  }
  const { position } = failure;
  // An engine's position is in the SQL that the macros became; where macros failed there is none, and the position is the person's.
  const place = expanded && position !== undefined ? originalPosition(expanded, position) : position;
  return { valid: false, ...(expanded && { sql: expanded.sql }), error: toErrorPayload(failure, place) };
}

function planOf(
  { pluginContext, dependencies }: ResourceCall,
  { fromMs, toMs, intervalMs, ...query }: z.output<typeof body>,
): Plan {
  const to = toMs ?? Date.now();
  const asked: DataQuery = {
    refId: '',
    queryType: '',
    maxDataPoints: 0,
    intervalMs: intervalMs ?? 0,
    timeRange: { fromMs: fromMs ?? to - hourMs, toMs: to },
    json: Buffer.from(JSON.stringify(query)),
  };
  return planQuery({ pluginContext, headers: new Map(), queries: [asked], format: 'arrow' }, asked, dependencies.admin);
}
