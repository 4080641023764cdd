import { isSet } from '../frame/bitmap.ts';
import { type Column, isValid, type VariableColumn } from '../frame/column.ts';
import type { Steps } from '../steps/steps.ts';

/** One label of a result: a number for each row. */
export interface LabelIndex {
  readonly ids: Int32Array;
  /** What a number stands for. */
  textOf(id: number): string;
}

/**
 * Numbers the texts (JSON and booleans too) of one column, given batch by batch. A null is the empty text, as in Grafana's own sources.
 *
 * @param enumTexts what the numbers of an enum stand for
 */
export function* indexLabel(
  columns: readonly Column[],
  rowCount: number,
  enumTexts: readonly string[] = [],
): Steps<LabelIndex> {
  const ids = new Int32Array(rowCount);
  const index = new TextIndex();
  const empty = index.idOf(new Uint8Array(), 0, 0);
  const booleans = ['false', 'true'].map((text) => index.idOfText(text));
  const codes = enumTexts.map((text) => index.idOfText(text));
  let offset = 0;
  for (const column of columns) {
    switch (column.layout) {
      case 'variable':
        indexTexts(column, index, empty, ids.subarray(offset));
        break;
      case 'bits':
        for (let row = 0; row < column.length; row++) {
          ids[offset + row] = isValid(column, row) ? (booleans[Number(isSet(column.bits, row))] as number) : empty;
        }
        break;
      case 'fixed':
        if (codes.length === 0 && column.length > column.nullCount) {
          throw new TypeError('Cannot make labels of a column of numbers');
        }
        for (let row = 0; row < column.length; row++) {
          ids[offset + row] = isValid(column, row) ? (codes[Number(column.values[row])] as number) : empty;
        }
        break;
    }
    offset += column.length;
    yield;
  }
  return { ids, textOf: (id) => index.textOf(id) };
}

function indexTexts(column: VariableColumn, index: TextIndex, empty: number, ids: Int32Array): void {
  const { offsets, bytes } = column;
  let last = empty;
  for (let row = 0; row < column.length; row++) {
    if (isValid(column, row)) {
      last = index.idBehind(last, bytes, offsets[row] as number, offsets[row + 1] as number);
      ids[row] = last;
    } else {
      ids[row] = empty;
    }
  }
}

/** Numbers byte strings in the order in which they first come. It points into the batches, and decodes what is asked for. */
class TextIndex {
  #slots = new Int32Array(256).fill(-1);
  readonly #hashes: number[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #behind: number[] = [];

  /**
   * The text's number, where `last` is that of the row before. The text that came behind it the time before is tried first: rows sorted by
   * time or by series repeat their order, and comparing costs half of hashing and comparing.
   */
  idBehind(last: number, bytes: Uint8Array, start: number, end: number): number {
    const guess = this.#behind[last] ?? last;
    if (this.#equals(guess, bytes, start, end - start)) {
      return guess;
    }
    const id = this.idOf(bytes, start, end);
    this.#behind[last] = id;
    return id;
  }

  idOfText(text: string): number {
    const bytes = Buffer.from(text);
    return this.idOf(bytes, 0, bytes.byteLength);
  }

  idOf(bytes: Uint8Array, start: number, end: number): number {
    // FNV-1a, whose low bits are good enough for a table of a power of two.
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    }
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.#slots[slot] as number;
      if (id === -1) {
        return this.#add(slot, hash, bytes, start, end - start);
      }
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end - start)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  textOf(id: number): string {
    const bytes = this.#bytes[id] as Uint8Array;
    return Buffer.from(bytes.buffer, bytes.byteOffset + (this.#starts[id] as number), this.#lengths[id]).toString();
  }

  #equals(id: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.#lengths[id] !== length) {
      return false;
    }
    const known = this.#bytes[id] as Uint8Array;
    const knownStart = this.#starts[id] as number;
    for (let at = 0; at < length; at++) {
      if (known[knownStart + at] !== bytes[start + at]) {
        return false;
      }
    }
    return true;
  }

  #add(slot: number, hash: number, bytes: Uint8Array, start: number, length: number): number {
    const id = this.#bytes.length;
    this.#slots[slot] = id;
    this.#hashes.push(hash);
    this.#bytes.push(bytes);
    this.#starts.push(start);
    this.#lengths.push(length);
    if (this.#bytes.length * 2 >= this.#slots.length) {
      this.#grow();
    }
    return id;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (const [id, hash] of this.#hashes.entries()) {
      let slot = hash & mask;
      while (this.#slots[slot] !== -1) {
        slot = (slot + 1) & mask;
      }
      this.#slots[slot] = id;
    }
  }
}
