import { grafanaStandardSQLLanguageConf } from '@grafana/plugin-ui';
import type { Monaco, monacoTypes } from '@grafana/ui';
import type { CompletionsPayload } from '../../model/resources.ts';
import { SqlLexer } from '../../sql/lexer.ts';
import { wordBefore } from '../../sql/word-before.ts';
import {
  backendItems,
  type CompletableVariable,
  type CompletionItem,
  reachBehind,
  variableItems,
} from './completion-items.ts';

/** Our SQL in Monaco, which the whole page shares. */
export const sqlLanguageId = 'quiver-sql';

/** What an editor knows, and the language asks about its text. */
export interface SqlAssistant {
  /** Rejects where the backend does not answer. */
  complete(sql: string, position: number, signal: AbortSignal): Promise<CompletionsPayload>;
  variables(): readonly CompletableVariable[];
  /** Undefined where the SQL had better stay as it is. */
  format(sql: string): Promise<string | undefined>;
}

/** Providers belong to a language, and the texts of many editors have that language. */
const assistants = new WeakMap<monacoTypes.editor.ITextModel, SqlAssistant>();

export function assist(model: monacoTypes.editor.ITextModel, assistant: SqlAssistant): void {
  assistants.set(model, assistant);
}

/** Makes the language known, once for a page. */
export function registerSqlLanguage(monaco: Monaco): void {
  const { languages } = monaco;
  if (languages.getLanguages().some(({ id }) => id === sqlLanguageId)) {
    return;
  }
  languages.register({ id: sqlLanguageId });
  languages.setLanguageConfiguration(sqlLanguageId, grafanaStandardSQLLanguageConf);
  languages.setMonarchTokensProvider(sqlLanguageId, tokens);
  languages.registerCompletionItemProvider(sqlLanguageId, {
    triggerCharacters: ['.', '$', '{', '"'],
    provideCompletionItems: (model, position, _context, token) => completions(monaco, model, position, token),
  });
  languages.registerDocumentFormattingEditProvider(sqlLanguageId, {
    async provideDocumentFormattingEdits(model) {
      const text = await assistants.get(model)?.format(model.getValue());
      return text === undefined ? [] : [{ range: model.getFullModelRange(), text }];
    },
  });
}

/** Somebody who types on needs none of the answers between. */
const typingPauseMs = 80;

async function completions(
  monaco: Monaco,
  model: monacoTypes.editor.ITextModel,
  position: monacoTypes.Position,
  token: monacoTypes.CancellationToken,
): Promise<monacoTypes.languages.CompletionList> {
  const assistant = assistants.get(model);
  // Of this moment, as the position is: what is typed meanwhile, Monaco compares with the answer.
  const sql = model.getValue();
  const offset = model.getOffsetAt(position);
  await new Promise((resolve) => setTimeout(resolve, typingPauseMs));
  if (!assistant || token.isCancellationRequested || model.isDisposed()) {
    return { suggestions: [] };
  }
  const start = wordBefore(sql, offset);
  const word = sql.slice(start, offset);
  if (word.includes('\n')) {
    return { suggestions: [] };
  }
  const { lineNumber, column } = position;
  const range = new monaco.Range(lineNumber, column - word.length, lineNumber, column + reachBehind(sql, offset, word));
  const answer = await answerOf(assistant, sql, offset, token);
  // Monaco would take them for an answer about the next word too, find none that fits, and ask no more.
  if (model.isDisposed() || isPastWord(sql, model.getValue(), offset)) {
    return { suggestions: [] };
  }
  const items = [...backendItems(answer.items, word), ...variableItems(assistant.variables(), word)];
  return {
    suggestions: items.map((item) => suggestion(monaco, item, range)),
    incomplete: answer.incomplete,
  };
}

/** Whether somebody who has typed on since has come to another word. */
function isPastWord(before: string, now: string, offset: number): boolean {
  const typed = now.slice(offset, offset + Math.max(0, now.length - before.length));
  return new SqlLexer(typed).wordEnd(0) < typed.length;
}

/** Without the backend, variables can still be completed; the next word is asked about again. */
async function answerOf(
  assistant: SqlAssistant,
  sql: string,
  offset: number,
  token: monacoTypes.CancellationToken,
): Promise<CompletionsPayload> {
  const controller = new AbortController();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    return await assistant.complete(sql, offset, controller.signal);
  } catch {
    return { items: [], incomplete: false };
  } finally {
    listener.dispose();
  }
}

function suggestion(
  monaco: Monaco,
  { kind, isSnippet, ...item }: CompletionItem,
  range: monacoTypes.IRange,
): monacoTypes.languages.CompletionItem {
  const { CompletionItemInsertTextRule, CompletionItemKind } = monaco.languages;
  return {
    ...item,
    range,
    kind: CompletionItemKind[kind],
    ...(isSnippet && { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet }),
  };
}

/** What a SELECT is made of, but for words that are often columns: `time`, `date`, `value`. */
const keywords = `
  ALL AND ANTI ANY AS ASC ASOF BETWEEN BY CASE CAST COLLATE CROSS CUBE CURRENT DESC DESCRIBE DISTINCT ELSE END ESCAPE EXCEPT EXCLUDE EXISTS
  EXPLAIN FALSE FILTER FIRST FOLLOWING FOR FROM FULL GROUP GROUPING HAVING ILIKE IN INNER INTERSECT INTERVAL INTO IS ISNULL JOIN LAST LATERAL
  LEFT LIKE LIMIT MATERIALIZED NATURAL NOT NOTNULL NULL NULLS OFFSET ON OR ORDER ORDINALITY OUTER OVER PARTITION PIVOT POSITIONAL PRECEDING
  QUALIFY RANGE RECURSIVE RENAME REPLACE RIGHT ROLLUP ROWS SELECT SEMI SETS SHOW SIMILAR SOME SUMMARIZE TABLESAMPLE THEN TO TRUE TRY_CAST
  UNBOUNDED UNION UNPIVOT USING VALUES WHEN WHERE WINDOW WITH WITHIN
`
  .trim()
  .split(/\s+/);

/** Colours alone; what SQL is, the backend says. Functions are what stands before a parenthesis. */
const tokens: monacoTypes.languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '.sql',
  ignoreCase: true,
  keywords,
  tokenizer: {
    root: [
      [/\$__\w+/, 'type'],
      [/\$\{[^}]*\}|\[\[\w[^\][]*\]\]|\$\w+/, 'variable'],
      [/--.*/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/e'/, 'string', '@escapeString'],
      [/'/, 'string', '@string'],
      [/"/, 'identifier.quote', '@quotedName'],
      [/0x[\da-f]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/, 'number'],
      [
        /[a-z_\u0080-\uffff][\w\u0080-\uffff]*(?=\s*\()/,
        { cases: { '@keywords': 'keyword', '@default': 'predefined' } },
      ],
      [/[a-z_\u0080-\uffff][\w\u0080-\uffff]*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[()[\]{}]/, '@brackets'],
      [/[;,.]/, 'delimiter'],
      [/[<>=!~|&+\-*/%^@:#?]+/, 'operator'],
    ],
    comment: [
      [/\/\*/, 'comment', '@push'],
      [/\*\//, 'comment', '@pop'],
      [/[^*/]+|./, 'comment'],
    ],
    string: [
      [/\$__\w+|\$\{[^}]*\}|\$\w+/, 'variable'],
      [/[^'$]+|''|\$/, 'string'],
      [/'/, 'string', '@pop'],
    ],
    escapeString: [
      [/[^'\\]+|\\.|''/, 'string'],
      [/'/, 'string', '@pop'],
    ],
    quotedName: [
      [/[^"]+|""/, 'identifier'],
      [/"/, 'identifier.quote', '@pop'],
    ],
  },
};
