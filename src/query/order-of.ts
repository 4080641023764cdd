import { inSlices, type Steps } from '../steps/steps.ts';

/** Values of a byte. */
const digits = 256;

/**
 * The order in which signed integers ascend, equal ones as they came: a radix sort, byte by byte, the lowest first. It takes half of what
 * the array's own sort and looking up where each went took, and can be left midway.
 *
 * @param words each integer's 32-bit words, the lowest first
 */
export function* orderOf(words: Int32Array, wordsPerInteger: 1 | 2): Steps<Int32Array> {
  const count = words.length / wordsPerInteger;
  let order = new Int32Array(count);
  let ordered = new Int32Array(count);
  yield* inSlices(count, (start, end) => {
    for (let i = start; i < end; i++) {
      order[i] = i;
    }
  });
  for (let byte = 0; byte < wordsPerInteger * 4; byte++) {
    const word = byte >> 2;
    const shift = (byte & 3) * 8;
    // The highest bit is the sign: negative ones come first.
    const flip = byte === wordsPerInteger * 4 - 1 ? 0x80 : 0;
    const places = new Int32Array(digits + 1);
    yield* inSlices(count, (start, end) => {
      for (let i = start; i < end; i++) {
        const digit = (((words[i * wordsPerInteger + word] as number) >>> shift) & 0xff) ^ flip;
        places[digit + 1] = (places[digit + 1] as number) + 1;
      }
    });
    if (places.includes(count)) {
      // All have the same byte here.
      continue;
    }
    for (let digit = 0; digit < digits; digit++) {
      places[digit + 1] = (places[digit + 1] as number) + (places[digit] as number);
    }
    const [from, to] = [order, ordered];
    yield* inSlices(count, (start, end) => {
      for (let i = start; i < end; i++) {
        const integer = from[i] as number;
        const digit = (((words[integer * wordsPerInteger + word] as number) >>> shift) & 0xff) ^ flip;
        const place = places[digit] as number;
        to[place] = integer;
        places[digit] = place + 1;
      }
    });
    [order, ordered] = [to, from];
  }
  return order;
}
