import type { VariableColumn } from '../frame/column.ts';

/** A key and its value as they lie in a column's bytes, quotes and escapes included. */
export interface Member {
  readonly key: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly bytes: Uint8Array;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const letterN = 0x6e;

/**
 * The members of the object that a row of a JSON column holds, nested ones as one value; undefined where the row holds something else. The
 * JSON is the engine's, so that it is known to be well-formed: only places are looked for, nothing is decoded.
 */
export function membersAt({ bytes, offsets }: VariableColumn, row: number): readonly Member[] | undefined {
  const end = offsets[row + 1] as number;
  let at = skipBlanks(bytes, offsets[row] as number);
  if (at >= end || bytes[at] !== openBrace) {
    return undefined;
  }
  const members: Member[] = [];
  at = skipBlanks(bytes, at + 1);
  while (at < end && bytes[at] !== closeBrace) {
    const keyStart = at;
    const keyEnd = stringEnd(bytes, keyStart);
    // Blanks, the colon, blanks.
    const valueStart = skipBlanks(bytes, skipBlanks(bytes, keyEnd) + 1);
    const valueEnd = valueEndOf(bytes, valueStart, end);
    members.push({ key: bytes, keyStart, keyEnd, bytes, valueStart, valueEnd });
    at = skipBlanks(bytes, valueEnd);
    at = bytes[at] === comma ? skipBlanks(bytes, at + 1) : at;
  }
  return members;
}

export function isNullMember({ bytes, valueStart }: Member): boolean {
  return bytes[valueStart] === letterN;
}

export function isStringMember({ bytes, valueStart }: Member): boolean {
  return bytes[valueStart] === quote;
}

/** Whether the key is written so, in quotes. */
export function hasKey({ key, keyStart, keyEnd }: Member, other: Uint8Array, start = 0, end = other.length): boolean {
  if (keyEnd - keyStart !== end - start) {
    return false;
  }
  for (let at = 0; at < end - start; at++) {
    if (key[keyStart + at] !== other[start + at]) {
      return false;
    }
  }
  return true;
}

/** The members without those whose key comes once more behind them. */
export function lastOfEach(members: readonly Member[]): readonly Member[] {
  if (members.length <= maxPairs) {
    return members.filter((member, i) => !hasLater(members, i, member));
  }
  return [...new Map(members.map((member) => [textOfKey(member), member])).values()];
}

/** From here on, looking each key up costs less than comparing it with all others. */
const maxPairs = 16;

function hasLater(members: readonly Member[], index: number, member: Member): boolean {
  for (let later = index + 1; later < members.length; later++) {
    const { key, keyStart, keyEnd } = members[later] as Member;
    if (hasKey(member, key, keyStart, keyEnd)) {
      return true;
    }
  }
  return false;
}

function textOfKey({ key, keyStart, keyEnd }: Member): string {
  return Buffer.from(key.buffer, key.byteOffset + keyStart, keyEnd - keyStart).toString();
}

function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] as number) <= 0x20) {
    at++;
  }
  return at;
}

/** Behind the closing quote of the string that begins at `start`. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) {
    at += bytes[at] === backslash ? 2 : 1;
  }
  return at + 1;
}

function valueEndOf(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      at = stringEnd(bytes, at);
      if (depth === 0) {
        return at;
      }
      continue;
    }
    if (byte === openBrace || byte === openBracket) {
      depth++;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth--;
      if (depth <= 0) {
        return depth < 0 ? at : at + 1;
      }
    } else if (depth === 0 && (byte === comma || byte <= 0x20)) {
      return at;
    }
    at++;
  }
  return at;
}
