/**
 * Numbers pairs of 32-bit integers in the order in which they first come: a hash table without an object for each pair. It serves
 * 64-bit times (low and high half) and series (what is known so far, and one label more).
 */
export class PairIndex {
  size = 0;
  #slots = new Int32Array(1024).fill(-1);
  #pairs = new Int32Array(1024);

  /** The pair's number, a new one when it was never seen. */
  idOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(first, second) & mask;
    for (;;) {
      const id = this.#slots[slot] as number;
      if (id === -1) {
        return this.#add(slot, first, second);
      }
      if (this.#pairs[id * 2] === first && this.#pairs[id * 2 + 1] === second) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The pairs in their order, two numbers each; a view, valid until the next new pair. */
  get pairs(): Int32Array {
    return this.#pairs.subarray(0, this.size * 2);
  }

  #add(slot: number, first: number, second: number): number {
    const id = this.size++;
    this.#slots[slot] = id;
    this.#pairs[id * 2] = first;
    this.#pairs[id * 2 + 1] = second;
    if (this.size * 2 >= this.#slots.length) {
      this.#grow();
    }
    return id;
  }

  /** At most half of the slots are taken, and there is always room for one more pair. */
  #grow(): void {
    const pairs = new Int32Array(this.#slots.length * 2);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = hash(pairs[id * 2] as number, pairs[id * 2 + 1] as number) & mask;
      while (this.#slots[slot] !== -1) {
        slot = (slot + 1) & mask;
      }
      this.#slots[slot] = id;
    }
  }
}

/** Times are regular, so every bit has to move the low ones: the last steps are those of MurmurHash3. */
function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
