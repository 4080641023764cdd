import { z } from 'zod';
import type { CatalogTable } from '../../engine/catalog.ts';
import { EngineError } from '../../engine/engine.ts';
import { isValid, type RecordBatch } from '../../frame/column.ts';
import type { TagKeysPayload, TagPayload } from '../../model/resources.ts';
import { counted } from '../../query/counted.ts';
import { quoteName } from '../../sql/quote.ts';
import { collect } from '../collect.ts';
import { failureFrom } from '../errors.ts';
import { askInSlot, askToLook } from './ask-engine.ts';
import { toErrorPayload } from './error-payload.ts';
import { parseParameters } from './request.ts';
import type { ResourceCall } from './resource.ts';

const maxTags = 1000;
/** A drop-down with longer texts is of no use. */
const maxBytes = 4 * 1024 * 1024;

/** `GET tag-keys`: the columns that ad hoc filters can name. Tables that are files are opened for it. */
export async function listTagKeys(call: ResourceCall): Promise<TagKeysPayload> {
  const { names, failures } = await askToLook(call, 'the look at the columns', '', ({ engine, signal }) =>
    engine.catalog.columnNames(signal),
  );
  const [first] = failures.map((failure) => failureFrom(failure, call.dependencies.report));
  const others = failures.length > 1 ? `, and ${counted(failures.length - 1, 'other table')} neither` : '';
  return {
    data: names.slice(0, maxTags).map((text) => ({ text })),
    ...(first && { error: toErrorPayload({ ...first, message: `${first.message}${others}` }) }),
  };
}

const parameters = z.object({ key: z.string() });

/** `GET tag-values?key=`: what stands in a column, in every table that has it. It is a query, and has the limits of one. */
export async function listTagValues(call: ResourceCall): Promise<readonly TagPayload[]> {
  const { key } = parseParameters(call, parameters);
  return await askInSlot(call, 'the look at the values', key, async ({ engine, signal, watch }) => {
    const tables = await engine.catalog.tablesWith(key, signal);
    if (tables.length === 0) {
      throw new EngineError('name_unknown', `No table has a column ${key}`);
    }
    const result = await engine.query(valuesSql(key, tables), { signal, watch });
    const { batches } = await collect(result, { rows: maxTags, bytes: maxBytes });
    return batches.flatMap(textsOf).map((text) => ({ text }));
  });
}

/** Names are quoted, and those of tables are the engine's own. */
function valuesSql(key: string, tables: readonly CatalogTable[]): string {
  const name = quoteName(key);
  const each = tables.map(({ sql }) => `SELECT CAST(${name} AS VARCHAR) AS tag FROM ${sql}`);
  return `SELECT DISTINCT tag FROM (${each.join('\nUNION ALL ')}) WHERE tag IS NOT NULL ORDER BY tag LIMIT ${maxTags}`;
}

function textsOf({ columns, rowCount }: RecordBatch): readonly string[] {
  const [column] = columns;
  if (column?.layout !== 'variable') {
    return [];
  }
  const { bytes, offsets } = column;
  const rows = Array.from({ length: rowCount }, (_, row) => row).filter((row) => isValid(column, row));
  return rows.map((row) => Buffer.from(bytes.subarray(offsets[row], offsets[row + 1])).toString());
}
