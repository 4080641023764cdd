/** Cuts a text that repeats a long value, between characters. @param maxLength in characters */
export function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength
    ? text
    : `${Array.from(text.slice(0, 2 * maxLength))
        .slice(0, maxLength)
        .join('')}…`;
}
