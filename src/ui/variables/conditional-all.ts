import { splitArguments } from '../../sql/arguments.ts';
import { SqlLexer } from '../../sql/lexer.ts';

/**
 * Replaces each `$__conditionalAll(condition, $variable)` by `1=1` where All is chosen, else by its condition. One that is not written so
 * stays, for the backend to refuse.
 */
export function expandConditionalAll(sql: string, isAll: (variable: string) => boolean): string {
  if (!sql.includes(macro)) {
    return sql;
  }
  const lexer = new SqlLexer(sql);
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  while (at < sql.length) {
    interesting.lastIndex = at;
    at = interesting.exec(sql)?.index ?? sql.length;
    const region = at < sql.length ? lexer.regionAt(at) : undefined;
    const call = region ? undefined : callAt(lexer, at);
    if (call) {
      parts.push(sql.slice(start, at), isAll(call.variable) ? '1=1' : expandConditionalAll(call.condition, isAll));
      start = call.end;
    }
    at = region?.end ?? call?.end ?? at + 1;
  }
  return parts.join('') + sql.slice(start);
}

const macro = '$__conditionalAll';
const interesting = /['"$\-/]/g;
/** `$host`, `${host}`, `${host:csv}` or `[[host]]`. */
const variablePattern = /^(?:\$(\w+)|\$\{(\w+)[^{}]*\}|\[\[(\w+)[^[\]]*\]\])$/;

interface Call {
  readonly condition: string;
  readonly variable: string;
  /** Offset behind it. */
  readonly end: number;
}

function callAt(lexer: SqlLexer, at: number): Call | undefined {
  const { sql } = lexer;
  if (!sql.startsWith(macro, at)) {
    return undefined;
  }
  const open = lexer.skipBlanks(at + macro.length);
  const split = sql[open] === '(' ? splitArguments(lexer, open) : undefined;
  const last = split?.ranges.at(-1);
  if (!split || !last || split.ranges.length < 2) {
    return undefined;
  }
  const name = variablePattern.exec(sql.slice(last.start, last.end).trim());
  const variable = name?.[1] ?? name?.[2] ?? name?.[3];
  // The condition may have commas of its own: it is everything before the last one.
  const condition = sql.slice(open + 1, last.start - 1).trim();
  return variable === undefined || condition === '' ? undefined : { condition, variable, end: split.end };
}
