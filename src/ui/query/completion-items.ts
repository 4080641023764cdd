import type { monacoTypes } from '@grafana/ui';
import type { CompletionPayload } from '../../model/resources.ts';

/** What a completion becomes in Monaco, but for the range that it takes the place of. */
export type CompletionItem = Omit<monacoTypes.languages.CompletionItem, 'range'>;

/** Monaco's own numbers (`CompletionItemKind`, `CompletionItemInsertTextRule`), as Monaco is not there before an editor is. */
const itemKinds = {
  schema: 8,
  table: 6,
  column: 3,
  function: 1,
  macro: 27,
  keyword: 17,
  variable: 4,
} as const satisfies Readonly<Record<CompletionPayload['kind'] | 'variable', number>>;
const insertAsSnippet = 4;

/** A dashboard's variable, as far as completion shows it. */
export interface CompletableVariable {
  readonly name: string;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
}

/** In the backend's order, since it knows which is best. `word` is what they take the place of. */
export function backendItems(payloads: readonly CompletionPayload[], word: string): readonly CompletionItem[] {
  const quote = word.startsWith('"') ? '"' : '';
  return payloads.map(({ label, kind, insertText = label, isSnippet, detail, help }, order) => ({
    label,
    kind: itemKinds[kind],
    insertText,
    // What Monaco compares with the word, which has a quote where somebody has begun with one.
    filterText: quote + label,
    sortText: String(order).padStart(6, '0'),
    ...(isSnippet && { insertTextRules: insertAsSnippet }),
    ...(detail !== undefined && { detail }),
    ...(help !== undefined && { documentation: help }),
  }));
}

/** Where they are asked for by a dollar they come first, else last. */
export function variableItems(variables: readonly CompletableVariable[], word: string): readonly CompletionItem[] {
  const order = word.startsWith('$') ? '!' : '~';
  const opening = word.startsWith('${') ? '${' : '$';
  return variables.map(({ name, label, description }) => ({
    label: `\${${name}}`,
    kind: itemKinds.variable,
    insertText: `\${${name}}`,
    filterText: opening + name,
    sortText: order + name,
    detail: label || 'Dashboard variable',
    ...(description && { documentation: description }),
  }));
}

/** How far behind the cursor a completion reaches: the brace that the editor has closed by itself. */
export function reachBehind(sql: string, position: number, word: string): number {
  return word.startsWith('${') && sql[position] === '}' ? 1 : 0;
}
