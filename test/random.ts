/** Chance that can be repeated: the same seed gives the same values. */

/** The seed of this run: FUZZ_SEED where it is set, to repeat one. */
export function chooseSeed(): number {
  const { FUZZ_SEED } = process.env;
  return FUZZ_SEED === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(FUZZ_SEED);
}

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to just below 1. */
  next(): number {
    // mulberry32, by Tommy Ettinger, in the public domain.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to just below this one. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** Whether something happens that does so this often: 0 never, 1 always. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  bytes(byteLength: number): Buffer {
    return Buffer.from(Array.from({ length: byteLength }, () => this.below(256)));
  }

  /** Mostly short, sometimes long. */
  length(longest: number): number {
    return this.below(this.pick([2, 20, 200, longest]));
  }

  /** A copy in which a few bytes are changed, left out, put in, doubled or cut off. */
  mutate(bytes: Uint8Array): Buffer {
    let mutated = Buffer.from(bytes);
    for (let count = 1 + this.below(4); count > 0; count--) {
      const at = this.below(mutated.length + 1);
      const [head, tail] = [mutated.subarray(0, at), mutated.subarray(at)];
      mutated = this.pick([
        () => Buffer.concat([head, this.bytes(1), tail.subarray(1)]),
        () => Buffer.concat([head, tail.subarray(1)]),
        () => Buffer.concat([head, this.bytes(this.length(64)), tail]),
        () => Buffer.concat([head, tail, tail]),
        () => Buffer.from(head),
      ])();
    }
    return mutated;
  }
}
