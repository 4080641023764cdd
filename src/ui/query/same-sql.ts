import { tokensAndComments } from '../../sql/tokens.ts';

/** Whether two texts are the same SQL but for blanks and line breaks between their words. */
export function isSameSql(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  return left.length === right.length && left.every((word, i) => word === right[i]);
}

/** What Grafana replaces, and operators of more than one character, the longest first. */
const whole =
  /\$\{[^}]*\}|\[\[\w[^\][]*\]\]|->>|!~~\*|~~\*|!~~|<=>|->|\|\||::|:=|=>|<=|>=|<>|!=|==|\/\/|\*\*|~~|!~|<<|>>|\^@|&&|@>|<@|\.\./y;

function wordsOf(sql: string): readonly string[] {
  return tokensAndComments(sql, whole).map(({ kind, start, end }) => {
    const text = sql.slice(start, end);
    // The lines of a comment may be moved to the right.
    return kind === 'comment' ? text.replaceAll(/\s+/g, ' ').trim() : text;
  });
}
