import { nameCharacter, SqlLexer } from '../../sql/lexer.ts';

/** What to underline for an error at `offset`: the word, the string or the character there; at the end of the SQL, its last word. */
export function errorRange(sql: string, offset: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, Math.min(offset, sql.length));
  if (sql.slice(start).trim() === '') {
    const end = sql.trimEnd().length;
    return { start: wordStart(sql, end), end };
  }
  const region = new SqlLexer(sql).regionAt(start);
  return { start, end: region?.end ?? Math.max(wordEnd(sql, start), start + 1) };
}

function wordStart(sql: string, end: number): number {
  let start = end;
  while (start > 0 && nameCharacter.test(sql[start - 1] ?? ' ')) {
    start -= 1;
  }
  return Math.max(0, Math.min(start, end - 1));
}

function wordEnd(sql: string, start: number): number {
  let end = start;
  while (end < sql.length && nameCharacter.test(sql[end] ?? ' ')) {
    end += 1;
  }
  return end;
}
