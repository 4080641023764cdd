import { duckdb, formatDialect } from 'sql-formatter';
import { isSameSql } from './same-sql.ts';

/**
 * Lays SQL out anew. Undefined where nothing but its blanks may change, and the formatter would do more or does not understand it.
 * Macros and variables stay as they are.
 */
export function formatSql(sql: string): string | undefined {
  const formatted = layOut(sql);
  return formatted !== undefined && isSameSql(sql, formatted) ? formatted : undefined;
}

/** The names that Grafana and our macros know: one word to the formatter, whatever stands in them. */
const variables = String.raw`\$\{[^}]*\}|\$\w+|\[\[\w[^\][]*\]\]`;

function layOut(sql: string): string | undefined {
  try {
    const text = formatDialect(sql, {
      dialect: duckdb,
      keywordCase: 'preserve',
      paramTypes: { custom: [{ regex: variables }] },
    });
    // It takes a macro for a column, and puts a blank before its parenthesis.
    return text.replaceAll(/(\$__\w+) \(/g, '$1(');
  } catch {
    return undefined;
  }
}
