import { withoutSemicolon } from '../../../sql/semicolon.ts';
import type { CatalogColumn } from '../../catalog.ts';
import type { Bindings } from '../bindings.ts';
import type { Source } from '../errors.ts';
import { readNames } from '../reuse/ask-names.ts';
import type { Session } from '../run/session.ts';
import { fieldTypeOf } from './field-type.ts';

/** The columns of a SELECT that the gate has let through, with their types in DuckDB's words; nothing of it runs. */
export async function describeTypes(
  bindings: Bindings,
  session: Session,
  { sql, hidden = [] }: Source,
): Promise<readonly CatalogColumn[]> {
  const column = 'to_json({name: column_name, type: column_type})::VARCHAR';
  const source = { prefix: `SELECT ${column} FROM (DESCRIBE `, sql: withoutSemicolon(sql), suffix: '\n)', hidden };
  const text = `${source.prefix}${source.sql}${source.suffix}`;
  const rows = await session.run(() => readNames(bindings, session.connection, text), source);
  return rows.map((row) => {
    const { name, type } = JSON.parse(row) as { readonly name: string; readonly type: string };
    return { name, type, fieldType: fieldTypeOf(type) };
  });
}
