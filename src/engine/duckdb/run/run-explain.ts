import { finish } from '../../../steps/steps.ts';
import { EngineError, type QueryResult } from '../../engine.ts';
import type { Bindings, Result } from '../bindings.ts';
import { vectorsOf } from '../columns/chunk.ts';
import { readText, stringWidth } from '../columns/text.ts';
import type { Source } from '../errors.ts';
import { type Explain, headOf } from '../gate/explain.ts';
import { planText, withoutPaths } from './plan-text.ts';
import { prepare } from './query.ts';
import type { Session } from './session.ts';

/**
 * Asks for the plan of a SELECT that the gate has let through: one row of `explain_key` and `explain_value`, as DuckDB answers. With ANALYZE
 * the SELECT runs to its end, its rows dropped, under the memory limit and the session's signal as any other. The session is closed when
 * this resolves; when it rejects, it is still the caller's.
 */
export async function runExplain(
  bindings: Bindings,
  session: Session,
  explain: Explain,
  hidden: readonly string[],
): Promise<QueryResult> {
  const source: Source = { prefix: headOf(explain), sql: explain.inner, hidden };
  const statement = await prepare(bindings, session, source, 'explain');
  const result = await session
    .run(() => bindings.execute_prepared(statement), source)
    .finally(() => bindings.destroy_prepare_sync(statement));
  const [key, value] = await readPlan(bindings, session, result);
  const plan = withoutPaths(value, hidden);
  const shown = explain.format === 'json' ? JSON.stringify(plan, undefined, 2) : planText(plan);
  session.close();
  return {
    fields: [
      { name: 'explain_key', type: 'utf8' },
      { name: 'explain_value', type: 'utf8' },
    ],
    batches: oneRow([key, shown]),
  };
}

async function readPlan(bindings: Bindings, session: Session, result: Result): Promise<readonly [string, string]> {
  const chunk = await session.run(() => bindings.fetch_chunk(result));
  if (chunk === null || bindings.data_chunk_get_size(chunk) !== 1) {
    throw new EngineError('engine_failed', 'DuckDB failed: EXPLAIN gave no plan');
  }
  const text = (column: number) =>
    Buffer.from(finish(readText(bindings, vectorsOf(bindings, [chunk], column, stringWidth), 1)).bytes).toString();
  return [text(0), text(1)];
}

async function* oneRow(cells: readonly string[]): QueryResult['batches'] {
  const columns = cells.map((cell) => {
    const bytes = Buffer.from(cell);
    const offsets = Int32Array.of(0, bytes.byteLength);
    return { layout: 'variable', length: 1, nullCount: 0, validity: null, offsets, bytes } as const;
  });
  yield { rowCount: 1, columns };
}
