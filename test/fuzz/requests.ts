import { encodeQueryRequest, type PanelQuery } from '../../scripts/grafana-host.ts';
import { Random } from '../random.ts';
import { type Fault, Report } from './report.ts';
import type { FuzzOptions } from './statements.ts';
import type { Target } from './target.ts';

/** gRPC's DEADLINE_EXCEEDED and UNAVAILABLE: nobody answered. */
const unanswered: ReadonlySet<unknown> = new Set([4, 14]);
/** What hosts send most stands twice. */
const methods = [
  '/pluginv2.Data/QueryData',
  '/pluginv2.Diagnostics/CheckHealth',
  '/pluginv2.Diagnostics/CollectMetrics',
  '/pluginv2.Resource/CallResource',
  '/pluginv2.Data/QueryData',
];
const hangMs = 30_000;

/** Sends requests whose bytes, JSON or settings are broken. Refusing them is right; not to answer, or to end, is not. */
export async function fuzzRequests(target: Target, options: FuzzOptions): Promise<Report> {
  const { seed, first, count, onProgress } = options;
  const report = new Report(options.onFault);
  for (let number = first; number < first + count; number++) {
    report.add(await send(target, new Random(seed + Math.imul(number, 0x85ebca6b)), number));
    if (report.total % 5000 === 0) {
      onProgress?.(report);
    }
  }
  return report;
}

async function send(target: Target, random: Random, number: number): Promise<Fault> {
  const bytes = random.happens(0.5) ? oddRequest(target, random) : random.mutate(oddRequest(target, random));
  const host = await target.host();
  try {
    await host.callRaw(random.pick(methods), bytes, { timeoutMs: hangMs });
    return { number, outcome: 'answered' };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (!target.isAlive) {
      await target.drop();
      return {
        number,
        outcome: 'crash',
        fault: `the process has ended after ${Buffer.from(bytes).toString('base64')}`,
      };
    }
    return {
      number,
      outcome: `refused with gRPC's ${code}`,
      ...(unanswered.has(code) && { fault: `no answer to ${Buffer.from(bytes).toString('base64')}` }),
    };
  }
}

const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  [],
  {},
  [[]],
  { a: { b: [] } },
  '💥',
  '9'.repeat(1000),
];
const keys = ['rawSql', 'format', 'fill', 'timezone', 'downsample', 'queryType', 'hide', 'adHocFilters', '__proto__'];
const settingKeys = ['engine', 'duckdb', 'limits', 'bigintAsText', 'timeInterval'];
const duckdbKeys = ['database', 'tables', 'directories', 'memoryLimit', 'threads', 'timezone', 'initSql'];

/** A request whose query or settings hold what nobody expects there. */
function oddRequest(target: Target, random: Random): Uint8Array {
  const query: PanelQuery = {
    model: { rawSql: 'SELECT 1 AS value', format: 'table', ...(random.happens(0.6) && spoiled(random, keys)) },
    range: { from: oddDate(random), to: oddDate(random) },
    maxDataPoints: random.pick([0, -1, 1, 1000, 2 ** 31 - 1, -(2 ** 31)]),
  };
  const { id, settings } = target.source() as { id: number; settings: { duckdb: object } };
  const duckdb = random.happens(0.3) ? { ...settings.duckdb, ...spoiled(random, duckdbKeys) } : settings.duckdb;
  const odd = random.happens(0.2) ? spoiled(random, settingKeys) : {};
  const source = {
    // Another data source for each, so that none keeps the next from its settings; few, so that they do not pile up.
    id: id + 1 + random.below(4),
    updatedMs: random.below(1000),
    settings: { ...settings, duckdb, ...odd },
  };
  return encodeQueryRequest(
    source,
    Array.from({ length: random.pick([0, 1, 1, 1, 3, 30]) }, () => query),
  );
}

function oddDate(random: Random): Date {
  return new Date(random.pick([0, -1, 1_767_225_600_000, 8.64e15, -8.64e15]));
}

function spoiled(random: Random, names: readonly string[]): object {
  return { [random.pick(names)]: random.pick(oddValues) };
}
