/**
 * Where an offset of the SQL that was sent lies in the SQL that a person reads, which has dashboard variables in it: within a variable's
 * value, the variable's beginning. Undefined where that cannot be told for sure.
 *
 * It replaces the variables of the text up to each of them, and compares with the whole.
 */
export function originalOffset(
  sql: string,
  offset: number,
  replaceVariables: (sql: string) => string,
): number | undefined {
  const sent = replaceVariables(sql);
  let original = 0;
  let at = 0;
  for (const { index, 0: text } of sql.matchAll(variable)) {
    const literal = index - original;
    if (!sameText(sql, original, sent, at, literal)) {
      return undefined;
    }
    if (offset < at + literal) {
      return original + offset - at;
    }
    const before = replaceVariables(sql.slice(0, index + text.length));
    if (!sent.startsWith(before) || before.length < at + literal) {
      return undefined;
    }
    if (offset < before.length) {
      return index;
    }
    original = index + text.length;
    at = before.length;
  }
  const rest = sql.length - original;
  return sent.length === at + rest && sameText(sql, original, sent, at, rest) && offset <= sent.length
    ? original + offset - at
    : undefined;
}

/** As Grafana finds them; what it leaves as it is, such as our macros, does no harm. */
const variable = /\$\w+|\[\[[^\][]+\]\]|\$\{[^}]+\}/g;

function sameText(a: string, aStart: number, b: string, bStart: number, length: number): boolean {
  return a.slice(aStart, aStart + length) === b.slice(bStart, bStart + length);
}
