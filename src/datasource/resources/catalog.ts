import { z } from 'zod';
import type { CatalogColumn, PageRequest } from '../../engine/catalog.ts';
import type { ColumnsPayload, SchemasPayload, TablesPayload } from '../../model/resources.ts';
import { askEngine, askToLook } from './ask-engine.ts';
import { toColumnPayload } from './column-payload.ts';
import { parseParameters } from './request.ts';
import type { ResourceCall } from './resource.ts';

const maxItems = 1000;
/** No name is longer that a person looks for. */
const maxSearch = 1000;

const parameters = z.object({
  schema: z.string().optional(),
  table: z.string().optional(),
  search: z.string().max(maxSearch).optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(maxItems).default(maxItems),
});

/** `GET catalog`: what there is, a level at a time and a page at a time. */
export async function readCatalog(call: ResourceCall): Promise<SchemasPayload | TablesPayload | ColumnsPayload> {
  const { schema, table, search, after, limit } = parseParameters(call, parameters);
  const page = { limit, ...(search && { search }), ...(after && { after }) };
  if (table !== undefined) {
    return await readColumns(call, schema, table, page);
  }
  return await askEngine(call, 'the catalogue', ({ catalog }, signal) =>
    schema === undefined ? catalog.schemas(page, signal) : catalog.tables(schema, page, signal),
  );
}

/** Where the table is a file, it is opened. The name is one of the engine's own when it comes to stand in SQL. */
async function readColumns(
  call: ResourceCall,
  schema: string | undefined,
  name: string,
  page: PageRequest,
): Promise<ColumnsPayload> {
  const table = await askEngine(call, 'the catalogue', ({ catalog }, signal) => catalog.table(schema, name, signal));
  const columns = await askToLook(call, 'the look at the table', table.sql, ({ engine, signal }) =>
    engine.catalog.columns(table.sql, signal),
  );
  return pageOfColumns(columns, page);
}

/** In the table's order, so that a page is told from the next by the place of its last column. */
function pageOfColumns(columns: readonly CatalogColumn[], { search = '', after, limit }: PageRequest): ColumnsPayload {
  const last = after === undefined ? -1 : columns.findIndex(({ name }) => name === after);
  const wanted = search.toLowerCase();
  const rest = columns.slice(last + 1).filter(({ name }) => name.toLowerCase().includes(wanted));
  const items = rest.slice(0, limit).map(toColumnPayload);
  const next = items.at(-1)?.name;
  return { items, ...(rest.length > limit && next !== undefined && { next }) };
}
