import { textUnlocked } from '../engine/duckdb.ts';

/** A function of the engine, with the types of one of its overloads. */
export interface FunctionOverload {
  readonly name: string;
  /** `scalar`, `aggregate`, `macro`, `table`, `table_macro`. */
  readonly kind: string;
  readonly parameterTypes: readonly string[];
  /** Null where it depends on the arguments. */
  readonly returnType: string | null;
}

/** Every function that the engine knows, asked of itself: what a later version adds is tried too. */
export async function readVocabulary(): Promise<readonly FunctionOverload[]> {
  const json = await textUnlocked(`
    SELECT to_json(list(f ORDER BY f))::VARCHAR FROM (
      SELECT DISTINCT {
        name: function_name,
        kind: function_type,
        parameterTypes: list_transform(parameter_types, lambda t: coalesce(t, 'ANY')),
        returnType: return_type
      } AS f FROM duckdb_functions() WHERE function_type <> 'pragma'
    )`);
  return JSON.parse(json);
}
