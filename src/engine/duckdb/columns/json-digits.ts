import { significant } from './digits.ts';

/** A double keeps every number of 15 digits, and not all of those with 16. */
const manyDigits = /(?:\d\.?){16}/;
/** Such a number where JSON may have one. In a string it has a neighbour of another kind, or the text is parsed in vain. */
const longNumbers = /(?<![^\s,:[-])(?=(?:\d\.?){16})\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![^\s,\]}])/g;

/**
 * Whether a number in valid JSON would come out of `JSON.parse` as another one. Nearly all texts are through after one cheap look, and those
 * with doubles of 17 digits after a second; the others are parsed once more.
 */
export function losesDigits(json: string): boolean {
  if (!manyDigits.test(json) || !json.match(longNumbers)?.some(isChanged)) {
    return false;
  }
  let loses = false;
  parse(json, (_, value, { source }) => {
    loses ||= typeof value === 'number' && source !== undefined && isChanged(source);
    return value;
  });
  return loses;
}

function isChanged(number: string): boolean {
  const written = String(Number(number));
  return written !== number && significant(written) !== significant(number);
}

/** JSON.parse with the third argument of its reviver (ECMAScript 2026), which the compiler's library does not have yet. */
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
