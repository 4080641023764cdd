import { SqlLexer, wordStart } from '../../sql/lexer.ts';

/** What to underline for an error at `offset`: the word, the string or the character there; at the end of the SQL, its last word. */
export function errorRange(sql: string, offset: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, Math.min(offset, sql.length));
  if (sql.slice(start).trim() === '') {
    const end = sql.trimEnd().length;
    return { start: Math.max(0, Math.min(wordStart(sql, end), end - 1)), end };
  }
  const lexer = new SqlLexer(sql);
  return { start, end: lexer.regionAt(start)?.end ?? Math.max(lexer.wordEnd(start), start + 1) };
}
