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
/** What is looked at of a statement that cannot be looked at in one. In UTF-16 units. */
const maxLooked = 2 * maxLength;

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
  const { columns, hasMore } = isBusy ? { columns: [], hasMore: true } : await columnsOf(call, references);
  if (qualifier.length > 0 && references.length > 0) {
    return { ...nothing, columns, hasMore };
  }
  return await askEngine(call, 'the catalogue', async ({ catalog }, signal) => {
    const [functions, found] = await Promise.all([
      qualifier.length === 0 ? catalog.functions(signal) : [],
      tablesFor(call, catalog, context, signal),
    ]);
    return { ...found, columns, functions, hasMore: hasMore || found.hasMore };
  });
}

/** The tables whose columns may stand here. */
function meantBy({ qualifier, visible }: CursorContext): readonly TableReference[] {
  const name = qualifier.at(-1)?.toLowerCase();
  return name === undefined
    ? visible
    : visible.filter((reference) => reference.name?.toLowerCase() === name).slice(0, 1);
}

/** Columns, and whether there are more than these. */
type Columns = Pick<Completable, 'columns' | 'hasMore'>;

async function columnsOf(call: ResourceCall, references: readonly TableReference[]): Promise<Columns> {
  if (references.length === 0) {
    return { columns: [], hasMore: false };
  }
  return await askToLook(call, 'the look at the tables', '', async ({ engine: { catalog }, signal }) => {
    const asked = references.slice(0, maxReferences);
    const found = await orNothing(call, () => lookAtAll(catalog, asked, signal));
    return found === undefined
      ? await lookAtEach(call, catalog, asked, signal)
      : { columns: asked.flatMap((reference, i) => columnsIn(reference, found[i] ?? [])), hasMore: false };
  });
}

/** In one statement: what WITH defines may be most of it, and is read once. Undefined where no WITH has all that they name. */
async function lookAtAll(
  catalog: Engine['catalog'],
  references: readonly TableReference[],
  signal: AbortSignal,
): Promise<readonly (readonly CatalogColumn[])[] | undefined> {
  const ctes = references.reduce((longest, { ctes = '' }) => (ctes.length > longest.length ? ctes : longest), '');
  const areInOne = references.every((reference) => ctes.startsWith(reference.ctes ?? ''));
  return areInOne
    ? await catalog.columnsOfEach(
        references.map(({ from }) => expandAnyway(from)),
        expandAnyway(ctes),
        signal,
      )
    : undefined;
}

/** Where one of them cannot be read, the rest is; the nearest first. */
async function lookAtEach(
  call: ResourceCall,
  catalog: Engine['catalog'],
  references: readonly TableReference[],
  signal: AbortSignal,
): Promise<Columns> {
  const columns: CompletableColumn[] = [];
  let length = 0;
  for (const reference of references) {
    const { from, ctes } = reference;
    const whole = ctes === undefined ? from : `(${ctes} SELECT * FROM ${from})`;
    length += whole.length;
    if (length > maxLooked) {
      return { columns, hasMore: true };
    }
    const found = await orNothing(call, () => catalog.columns(expandAnyway(whole), signal));
    columns.push(...columnsIn(reference, found ?? []));
  }
  return { columns, hasMore: false };
}

function columnsIn({ name }: TableReference, columns: readonly CatalogColumn[]): readonly CompletableColumn[] {
  return columns.map((column) => ({ ...column, ...(name !== undefined && { table: name }) }));
}

/** What the engine does not understand is undefined. */
async function orNothing<T>({ dependencies }: ResourceCall, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!isOfStatement(failureFrom(error, dependencies.report).code)) {
      throw error;
    }
    return undefined;
  }
}

type Tables = Pick<Completable, 'tables' | 'schemas' | 'hasMore'>;

/** Behind a schema's name its tables; else the first schema's, and the names of the others. */
async function tablesFor(
  call: ResourceCall,
  catalog: Engine['catalog'],
  { kind, qualifier, word }: CursorContext,
  signal: AbortSignal,
): Promise<Tables> {
  if (kind !== 'table' && qualifier.length === 0) {
    return { tables: [], schemas: [], hasMore: false };
  }
  const schema = qualifier.length === 0 ? 'main' : qualifier.join('.');
  const schemas = qualifier.length === 0 ? (await catalog.schemas({ limit: maxTables }, signal)).items : [];
  const page = await orNothing(call, () => wholeOrFound(schema, word, catalog, signal));
  return { tables: page?.items ?? [], schemas: schemas.map(({ name }) => name), hasMore: page?.next !== undefined };
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
