import { isEscapeString, type Region, SqlLexer } from '../../sql/lexer.ts';
import { quoteText } from '../../sql/quote.ts';
import { type FormatValue, inCode, inEscapeString, inName, inString, unchanged } from './variable-values.ts';

/** Puts the values of dashboard variables into a text; without a format of its own (`${x:csv}`) a value is written by `format`. */
export type ReplaceVariables = (text: string, format: FormatValue) => string;

/**
 * Replaces the dashboard variables of a query. What a value becomes depends on where it stands, so that it ends no string and no quoted
 * name, whatever it holds; comments stay as they are. What a person has given a format of its own stands as that format writes it.
 */
export function interpolateSql(sql: string, replace: ReplaceVariables): string {
  const lexer = new SqlLexer(sql);
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  while (at < sql.length) {
    interesting.lastIndex = at;
    at = interesting.exec(sql)?.index ?? sql.length;
    const region = at < sql.length ? lexer.regionAt(at) : undefined;
    if (region) {
      parts.push(replaced(sql.slice(start, at), replace, inCode), regionText(sql, at, region, replace));
      start = region.end;
    }
    at = region?.end ?? behindVariable(sql, at);
  }
  parts.push(replaced(sql.slice(start), replace, inCode));
  return parts.join('');
}

const interesting = /['"$\-/]/g;
const bracedVariable = /\$\{\w[^{}]*\}/y;

/** A quote in `${x["a"]}` begins nothing. */
function behindVariable(sql: string, at: number): number {
  bracedVariable.lastIndex = at;
  return at + (bracedVariable.exec(sql)?.[0].length ?? 1);
}

function regionText(sql: string, start: number, region: Region, replace: ReplaceVariables): string {
  const body = sql.slice(region.bodyStart, region.bodyEnd);
  const opening = sql.slice(start, region.bodyStart);
  const closing = sql.slice(region.bodyEnd, region.end);
  if (region.kind === 'comment') {
    return opening + body + closing;
  }
  if (opening.startsWith('$')) {
    return dollarString(opening, replaced(body, replace, unchanged));
  }
  return opening + replaced(body, replace, formatOf(sql, start, region)) + closing;
}

function formatOf(sql: string, start: number, { kind }: Region): FormatValue {
  if (kind === 'name') {
    return inName;
  }
  return isEscapeString(sql, start) ? inEscapeString : inString;
}

/** Nothing escapes in it, so a body that holds its tag becomes a plain string. */
function dollarString(tag: string, body: string): string {
  const endsInTime = `${body}${tag}`.indexOf(tag) === body.length;
  return endsInTime ? tag + body + tag : quoteText(body);
}

function replaced(text: string, replace: ReplaceVariables, format: FormatValue): string {
  return /\$|\[\[/.test(text) ? replace(text, format) : text;
}
