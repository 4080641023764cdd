/**
 * Reads the value of a command's option: what is no number must not count as "none", and pass for a run without faults.
 *
 * @throws Error that names the option and what was expected
 */
export function wholeNumber(option: string, text: string, least = 0): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
    throw new Error(`Cannot use --${option}: expected a whole number from ${least} on, got ${text}`);
  }
  return value;
}
