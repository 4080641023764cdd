import { quoteText } from '../../sql/quote.ts';

/** What Grafana says of the variable; nothing for values that come with a panel. */
export interface VariableTraits {
  readonly multi?: boolean | undefined;
  readonly includeAll?: boolean | undefined;
}

/** Writes a variable's value, several where several are chosen. */
export type FormatValue = (value: unknown, variable?: VariableTraits) => string;

/**
 * In code: one value as it is, so that it can be a name or a number, and a list of strings where a variable may have several:
 * `host IN ($host)`. Nothing chosen is NULL, which `IN` takes and no row equals.
 */
export const inCode: FormatValue = (value, variable = {}) => {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'NULL' : value.map(literal).join(',');
  }
  return variable.multi || variable.includeAll ? literal(value) : doubled(String(value), "'");
};

/** Within `'…'`: several values end the string and begin another, so that `IN ('$host')` is a list, too. */
export const inString: FormatValue = (value) => each(value, "','", (text) => doubled(text, "'"));

/** Within `E'…'`, where backslashes escape as well. */
export const inEscapeString: FormatValue = (value) => each(value, "',E'", (text) => doubled(doubled(text, '\\'), "'"));

/** Within `"…"`. */
export const inName: FormatValue = (value) => each(value, '","', (text) => doubled(text, '"'));

export const unchanged: FormatValue = (value) => each(value, ',', (text) => text);

function literal(value: unknown): string {
  return typeof value === 'number' ? String(value) : quoteText(String(value));
}

function each(value: unknown, separator: string, write: (text: string) => string): string {
  return (Array.isArray(value) ? value : [value]).map((one) => write(String(one))).join(separator);
}

function doubled(text: string, character: string): string {
  return text.replaceAll(character, character + character);
}
