import type { monacoTypes } from '@grafana/ui';
import type { CompletionPayload } from '../../model/resources.ts';

/** A suggestion of Monaco, but for the range that it takes the place of and for Monaco's numbers, which change between its versions. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: (typeof itemKinds)[keyof typeof itemKinds];
  readonly insertText: string;
  readonly isSnippet?: true;
  /** What Monaco compares with the word before the cursor. */
  readonly filterText: string;
  readonly sortText: string;
  readonly detail?: string;
  readonly documentation?: string;
}

/** The icon of each, by Monaco's name for it. */
const itemKinds = {
  schema: 'Module',
  table: 'Struct',
  column: 'Field',
  function: 'Function',
  macro: 'Snippet',
  keyword: 'Keyword',
  variable: 'Variable',
} as const satisfies Readonly<
  Record<CompletionPayload['kind'] | 'variable', keyof typeof monacoTypes.languages.CompletionItemKind>
>;

/** A dashboard's variable, as far as completion shows it. */
export interface CompletableVariable {
  readonly name: string;
  readonly label?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** In the backend's order, since it knows which is best. `word` is what they take the place of. */
export function backendItems(payloads: readonly CompletionPayload[], word: string): readonly CompletionItem[] {
  const quote = word.startsWith('"') ? '"' : '';
  return payloads.map(({ label, kind, insertText = label, isSnippet, detail, help }, order) => ({
    label,
    kind: itemKinds[kind],
    insertText: isSnippet ? snippetOf(insertText) : insertText,
    // The word has a quote where somebody has begun with one.
    filterText: quote + label,
    sortText: String(order).padStart(6, '0'),
    ...(isSnippet && { isSnippet }),
    ...(detail !== undefined && { detail }),
    ...(help !== undefined && { documentation: help }),
  }));
}

/** In Monaco's language of snippets a macro would be one of its variables: everything but the first `$0` is text. */
function snippetOf(text: string): string {
  const [before = '', ...behind] = text.split('$0').map((part) => part.replaceAll(/[\\$}]/g, '\\$&'));
  return behind.length === 0 ? before : `${before}$0${behind.join('\\$0')}`;
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

/** How far behind the cursor a completion reaches: over the brace or quote that the editor has closed by itself. */
export function reachBehind(sql: string, position: number, word: string): number {
  const closing = word.startsWith('${') ? '}' : word.startsWith('"') ? '"' : undefined;
  return closing !== undefined && sql[position] === closing ? 1 : 0;
}
