import { z } from 'zod';
import type { CatalogColumn, CatalogTable, Page } from '../../engine/catalog.ts';
import type { Engine } from '../../engine/engine.ts';
import type { CompletionsPayload } from '../../model/resources.ts';
import { type CursorContext, cursorContext } from '../../sql/cursor-context.ts';
import type { TableReference } from '../../sql/table-references.ts';
import { failureFrom, isOfStatement } from '../errors.ts';
import { askEngine, askToLook, hasLookSlot } from './ask-engine.ts';
import { type Completable, type CompletableColumn, completionItems } from './completion-items.ts';
import { expandAnyway } from './expand-anyway.ts';
import { parseBody } from './request.ts';
import type { ResourceCall } from './resource.ts';

const body = z.object({ rawSql: z.string(), position: z.number().int().min(0) });

const maxTables = 1000;
/** A statement over more tables names its columns with their tables' names. */
const maxReferences = 20;

/** Asked at every key, and all of a statement is read for each: a longer one would keep the process from other work. In UTF-16 units. */
const maxLength = 128 * 1024;

/** `POST completions`. The statement may be half-written, so that what the engine does not understand of it is no failure. */
export async function complete(call: ResourceCall): Promise<CompletionsPayload> {
  const { rawSql, position } = parseBody(call, body);
  if (rawSql.length > maxLength) {
    return { items: [], incomplete: false };
  }
  const context = cursorContext(rawSql, Math.min(position, rawSql.length));
  return completionItems(context, rawSql, position, await completableAt(call, context));
}

const nothing: Completable = { columns: [], tables: [], schemas: [], functions: [], hasMore: false };

async function completableAt(call: ResourceCall, context: CursorContext): Promise<Completable> {
  const { kind, qualifier, word } = context;
  if (kind === 'nothing' || kind === 'macro' || word.startsWith('$')) {
    return nothing;
  }
  const references = kind === 'table' ? [] : meantBy(context);
  // Who writes does not wait for what others look at: without a slot there are no columns this time.
  const isBusy = references.length > 0 && !hasLookSlot(call);
  const columns = isBusy ? [] : await columnsOf(call, references);
  if (qualifier.length > 0 && references.length > 0) {
    return { ...nothing, columns, hasMore: isBusy };
  }
  return await askEngine(call, 'the catalogue', async ({ catalog }, signal) => {
    const [functions, found] = await Promise.all([
      qualifier.length === 0 ? catalog.functions(signal) : [],
      tablesFor(catalog, context, signal),
    ]);
    return { ...found, columns, functions, hasMore: isBusy || found.hasMore };
  });
}

/** The tables whose columns may stand here. */
function meantBy({ qualifier, visible }: CursorContext): readonly TableReference[] {
  const name = qualifier.at(-1)?.toLowerCase();
  return name === undefined
    ? visible
    : visible.filter((reference) => reference.name?.toLowerCase() === name).slice(0, 1);
}

async function columnsOf(
  call: ResourceCall,
  references: readonly TableReference[],
): Promise<readonly CompletableColumn[]> {
  if (references.length === 0) {
    return [];
  }
  return await askToLook(call, 'the look at the tables', '', async ({ engine, signal }) => {
    const columns: CompletableColumn[] = [];
    for (const { from, name } of references.slice(0, maxReferences)) {
      const found = await columnsBehind(call, engine, from, signal);
      columns.push(...found.map((column) => ({ ...column, ...(name !== undefined && { table: name }) })));
    }
    return columns;
  });
}

async function columnsBehind(
  { dependencies }: ResourceCall,
  { catalog }: Engine,
  from: string,
  signal: AbortSignal,
): Promise<readonly CatalogColumn[]> {
  try {
    return await catalog.columns(expandAnyway(from), signal);
  } catch (error) {
    if (!isOfStatement(failureFrom(error, dependencies.report).code)) {
      throw error;
    }
    return [];
  }
}

type Tables = Pick<Completable, 'tables' | 'schemas' | 'hasMore'>;

/** Behind a schema's name its tables; else the first schema's, and the names of the others. */
async function tablesFor(
  catalog: Engine['catalog'],
  { kind, qualifier, word }: CursorContext,
  signal: AbortSignal,
): Promise<Tables> {
  const schemas = (await catalog.schemas({ limit: maxTables }, signal)).items.map(({ name }) => name);
  const asked = qualifier.length === 0 ? 'main' : qualifier.join('.');
  const schema = schemas.find((name) => name.toLowerCase() === asked.toLowerCase());
  const others = qualifier.length === 0 ? schemas : [];
  if (schema === undefined || (kind !== 'table' && qualifier.length === 0)) {
    return { tables: [], schemas: kind === 'table' ? others : [], hasMore: false };
  }
  const page = await wholeOrFound(schema, word, catalog, signal);
  return { tables: page.items, schemas: others, hasMore: page.next !== undefined };
}

/** All tables where they fit; of more, those whose names have the word in them. */
async function wholeOrFound(
  schema: string,
  search: string,
  catalog: Engine['catalog'],
  signal: AbortSignal,
): Promise<Page<CatalogTable>> {
  const all = await catalog.tables(schema, { limit: maxTables }, signal);
  if (all.next === undefined || search === '') {
    return all;
  }
  const found = await catalog.tables(schema, { search, limit: maxTables }, signal);
  return { ...found, next: all.next };
}
