import type { BuilderTable } from '../../model/builder.ts';
import type { ColumnPayload, Page, SchemaPayload } from '../../model/resources.ts';
import type { PageRequest, Resources } from '../resources.ts';

/** All schemas; there are few. */
export function loadSchemas(resources: Resources, signal: AbortSignal): Promise<readonly SchemaPayload[]> {
  return allPages((page) => resources.schemas(page), signal);
}

export function loadColumns(
  resources: Resources,
  { schema, name }: BuilderTable,
  signal: AbortSignal,
): Promise<readonly ColumnPayload[]> {
  return allPages((page) => resources.columns(schema, name, page), signal);
}

async function allPages<T>(ask: (page: PageRequest) => Promise<Page<T>>, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await ask({ signal, ...(after !== undefined && { after }) });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
