import type { GrafanaHost } from '../../scripts/grafana-host.ts';
import { frameRows } from '../../src/frame/index.ts';

/** A function of the engine, with the types of one of its overloads. */
export interface FunctionOverload {
  readonly name: string;
  /** `scalar`, `aggregate`, `macro`, `table`, `table_macro`. */
  readonly kind: string;
  readonly parameterTypes: readonly string[];
  /** Empty where it depends on the arguments. */
  readonly returnType: string;
}

/** Every function that the engine knows, asked of itself: what a later version adds is tried too. */
export async function readVocabulary(host: GrafanaHost): Promise<readonly FunctionOverload[]> {
  const rawSql = `SELECT DISTINCT function_name, function_type, array_to_string(list_transform(parameter_types, lambda t: coalesce(t, 'ANY')), '|'),
    coalesce(return_type, '') FROM duckdb_functions() WHERE function_type <> 'pragma' ORDER BY ALL`;
  const [answer] = await host.query({ id: 0, settings: {} }, [{ model: { rawSql, format: 'table' } }]);
  if (answer === undefined || answer.error !== '') {
    throw new Error(`Cannot ask for the engine's functions: ${answer?.error}`);
  }
  return answer.frames().flatMap((frame) =>
    frameRows(frame).map(([name, kind, types, returnType]) => ({
      name: String(name),
      kind: String(kind),
      parameterTypes: types === '' || types === null ? [] : String(types).split('|'),
      returnType: String(returnType),
    })),
  );
}
