import type { CatalogColumn, CatalogFunction, CatalogTable } from '../../engine/catalog.ts';
import type { CompletionPayload, CompletionsPayload } from '../../model/resources.ts';
import { macros } from '../../query/macros/index.ts';
import type { CursorContext } from '../../sql/cursor-context.ts';
import { keywords } from '../../sql/keywords.ts';
import { formatName } from '../../sql/names.ts';
import { quoteName } from '../../sql/quote.ts';

export interface CompletableColumn extends CatalogColumn {
  /** As the statement names it. */
  readonly table?: string;
}

/** What there is to choose from. */
export interface Completable {
  readonly columns: readonly CompletableColumn[];
  readonly tables: readonly CatalogTable[];
  readonly schemas: readonly string[];
  readonly functions: readonly CatalogFunction[];
  /** Whether there are more tables or columns than these. */
  readonly hasMore: boolean;
}

const maxItems = 1000;

/** Chooses what may stand at the cursor, the best first. */
export function completionItems(
  context: CursorContext,
  sql: string,
  position: number,
  completable: Completable,
): CompletionsPayload {
  const all = itemsFor(context, sql, position, completable);
  if (all.length <= maxItems) {
    return { items: all, incomplete: completable.hasMore };
  }
  const word = context.word.toLowerCase();
  return { items: all.filter(({ label }) => label.toLowerCase().includes(word)).slice(0, maxItems), incomplete: true };
}

function itemsFor(
  context: CursorContext,
  sql: string,
  position: number,
  { columns, tables, schemas, functions }: Completable,
): readonly CompletionPayload[] {
  const { kind, qualifier, word, isQuoted, ctes, visible } = context;
  if (kind === 'nothing') {
    return [];
  }
  if (kind === 'macro' || word.startsWith('$')) {
    return macroItems(kind === 'macro');
  }
  const hasCall = /^\s*\(/.test(sql.slice(position));
  const calls = functions.filter((entry) => (kind === 'table' ? isOfRows(entry) : entry.kind !== 'table'));
  const aliases = kind === 'value' ? visible.flatMap(({ name }) => name ?? []) : ctes;
  const names = [
    ...columnItems(columns, isQuoted),
    ...(qualifier.length > 0 ? [] : [...new Set(aliases)].map((name) => nameItem(name, 'table', isQuoted))),
    ...tables.map((table) => tableItem(table, qualifier, isQuoted)),
    ...(kind === 'table' ? schemas.map((name) => schemaItem(name, isQuoted)) : []),
  ];
  return isQuoted || qualifier.length > 0
    ? names
    : [
        ...names,
        ...calls.map((entry) => functionItem(entry, hasCall)),
        ...(kind === 'table' ? [] : macroItems(false)),
        ...keywordItems(sql),
      ];
}

/** `generate_series` makes rows as well as a value; a macro may do either. */
function isOfRows({ kind, name }: CatalogFunction): boolean {
  return kind === 'table' || kind === 'macro' || name === 'range' || name === 'generate_series' || name === 'unnest';
}

/** A column that two tables have is named with both. */
function columnItems(columns: readonly CompletableColumn[], isQuoted: boolean): readonly CompletionPayload[] {
  const byName = new Map<string, CompletableColumn[]>();
  for (const column of columns) {
    const key = column.name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), column]);
  }
  return [...byName.values()].flatMap((same) => {
    const [first] = same;
    const item = first && nameItem(first.name, 'column', isQuoted);
    const tables = same.flatMap(({ table }) => table ?? []);
    return item ? [{ ...item, detail: first.type, ...(same.length > 1 && { help: `In ${tables.join(', ')}` }) }] : [];
  });
}

function nameItem(name: string, kind: CompletionPayload['kind'], isQuoted: boolean): CompletionPayload {
  const written = isQuoted ? quoteName(name) : formatName(name);
  return { label: name, kind, ...(written !== name && { insertText: written }) };
}

/** Behind a schema's name, which is there already, stands the table's own. */
function tableItem(table: CatalogTable, qualifier: readonly string[], isQuoted: boolean): CompletionPayload {
  const item = nameItem(table.name, 'table', isQuoted);
  const isNamedAlone = qualifier.length > 0 || isQuoted || table.sql === table.name;
  return { ...(isNamedAlone ? item : { ...item, insertText: table.sql }), detail: table.kind };
}

/** Of an attached file's schema, the parts are quoted each for itself. */
function schemaItem(name: string, isQuoted: boolean): CompletionPayload {
  const written = name.split('.').map(formatName).join('.');
  return isQuoted
    ? nameItem(name, 'schema', true)
    : { label: name, kind: 'schema', ...(written !== name && { insertText: written }) };
}

function functionItem({ name, signatures, description }: CatalogFunction, hasCall: boolean): CompletionPayload {
  const [first = ''] = signatures;
  return {
    label: name,
    kind: 'function',
    ...(hasCall ? {} : { insertText: `${name}($0)`, isSnippet: true }),
    detail: first.slice(name.length),
    ...helpOf(signatures, description),
  };
}

function helpOf(signatures: readonly string[], description: string | undefined): { help?: string } {
  const lines = [...(description ? [description] : []), ...(signatures.length > 1 ? signatures : [])];
  return lines.length > 0 ? { help: lines.join('\n\n') } : {};
}

/** Calls are never expanded in strings. */
function macroItems(isInString: boolean): readonly CompletionPayload[] {
  return macros
    .filter(({ kind }) => !isInString || kind === 'scalar')
    .map((macro) => {
      const base = {
        label: macro.name,
        kind: 'macro',
        detail: macro.signature.slice(macro.name.length),
        help: macro.help,
      } as const;
      if (macro.kind === 'scalar') {
        return base;
      }
      return macro.arguments.length > 0
        ? { ...base, insertText: `${macro.name}($0)`, isSnippet: true }
        : { ...base, insertText: `${macro.name}()` };
    });
}

/** As the person writes theirs. */
function keywordItems(sql: string): readonly CompletionPayload[] {
  const isLower = /^\s*[a-z]/.test(sql);
  return keywords.map((keyword) => ({ label: isLower ? keyword.toLowerCase() : keyword, kind: 'keyword' }));
}
