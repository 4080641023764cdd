import { significant } from './digits.ts';

/** A double keeps every number of 15 digits, and not all of those with 16. */
const manyDigits = /(?:\d\.?){16}/;

/**
 * Whether a number in valid JSON would come out of `JSON.parse` as another one. Nearly all texts are through after one cheap look; the
 * others are parsed once more.
 */
export function losesDigits(json: string): boolean {
  if (!manyDigits.test(json)) {
    return false;
  }
  let loses = false;
  parse(json, (_, value, { source }) => {
    loses ||= typeof value === 'number' && source !== undefined && significant(source) !== significant(String(value));
    return value;
  });
  return loses;
}

/** JSON.parse with the third argument of its reviver (ECMAScript 2026), which the compiler's library does not have yet. */
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
