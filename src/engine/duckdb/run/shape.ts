import type { Bindings, LogicalType, PreparedStatement, Result } from '../bindings.ts';
import { typeIds } from '../type-ids.ts';
import type { Rewrite } from '../types.ts';

/** A column's name and a text that is equal for types whose vectors are read alike. */
interface ColumnShape {
  readonly name: string;
  readonly type: string;
}

/** The columns that a statement was prepared with. */
export type Shape = readonly ColumnShape[];

export function shapeOf(bindings: Bindings, statement: PreparedStatement): Shape {
  return Array.from({ length: bindings.prepared_statement_column_count(statement) }, (_, i) => ({
    name: bindings.prepared_statement_column_name(statement, i),
    type: describeType(bindings, bindings.prepared_statement_column_logical_type(statement, i)),
  }));
}

/**
 * Whether a result has the columns that were prepared. DuckDB v1.5.5 binds a statement over files again when it is executed: a file that was
 * replaced in between has other columns, and to read their vectors as the first ones would end the process.
 *
 * @param rewrites of the columns; a rewritten statement keeps no names
 */
export function hasShape(
  bindings: Bindings,
  result: Result,
  shape: Shape,
  rewrites: readonly (Rewrite | undefined)[],
): boolean {
  const isRewritten = rewrites.some((rewrite) => rewrite !== undefined);
  return (
    bindings.column_count(result) === shape.length &&
    shape.every(({ name, type }, i) => {
      const logical = bindings.column_logical_type(result, i);
      return rewrites[i] === undefined
        ? describeType(bindings, logical) === type && (isRewritten || bindings.column_name(result, i) === name)
        : bindings.get_type_id(logical) === typeIds.VARCHAR;
    })
  );
}

/** Decimals and enums of several widths share an id; nested types are read as text. */
function describeType(bindings: Bindings, logical: LogicalType): string {
  const id: number = bindings.get_type_id(logical);
  const alias = bindings.logical_type_get_alias(logical);
  switch (id) {
    case typeIds.DECIMAL:
      return `${id} ${bindings.decimal_width(logical)} ${bindings.decimal_scale(logical)}`;
    case typeIds.ENUM: {
      const size = bindings.enum_dictionary_size(logical);
      return `${id} ${Array.from({ length: size }, (_, i) => bindings.enum_dictionary_value(logical, i))}`;
    }
    default:
      return `${id} ${alias ?? ''}`;
  }
}
