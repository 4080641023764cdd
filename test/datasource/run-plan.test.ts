import { expect, test } from 'vitest';
import type { Plan } from '../../src/datasource/plan-query.ts';
import { runPlan } from '../../src/datasource/run-plan.ts';
import type { StatementProbe } from '../../src/engine/engine.ts';
import { open } from '../engine/duckdb.ts';

const sql = `SELECT TIMESTAMP '2026-01-01' + to_seconds(i) AS time, i::DOUBLE AS value FROM range(3) r(i)`;
const range = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 2), maxDataPoints: 100, intervalMs: 1000 };
const expanded = { sql, segments: [], adHocTables: [] };
const plan: Plan = {
  source: 'readings',
  expanded,
  expand: () => expanded,
  adHocFilters: [],
  isLogs: false,
  limits: { rows: 1000, bytes: 1_000_000, timeoutMs: 60_000 },
  forPanel: true,
  downsample: { ...range, mode: 'minmax' },
  shape: { ...range, refId: 'A', format: 'time_series', maxRows: 1000, maxCells: 1000 },
};

test('runPlan() tells how far a statement is also where it runs again as it is, since all its rows have room', async () => {
  const engine = await open();
  const probes: StatementProbe[] = [];
  const options = { signal: new AbortController().signal, watch: (probe: StatementProbe) => probes.push(probe) };
  const ran = await runPlan(engine, plan, options).finally(() => engine.close());
  expect(ran).toMatchObject({ rowCount: 3, executedSql: sql });
  expect(probes).toHaveLength(2);
});
