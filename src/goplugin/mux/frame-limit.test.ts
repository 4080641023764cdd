import { describe, expect, test } from 'vitest';
import { FrameLimit } from './frame-limit.ts';

function frame(type: number, length: number, data = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(type, 1);
  header.writeUInt32BE(length, 8);
  return Buffer.concat([header, data]);
}

function isExceeded(bytes: Buffer, pieceLength: number): boolean {
  const limit = new FrameLimit();
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, index) =>
    bytes.subarray(index * pieceLength, (index + 1) * pieceLength),
  );
  return pieces.some((piece) => limit.isExceededBy(piece));
}

describe.each([1, 5, 12, 13, 65_536])('FrameLimit, in pieces of %i bytes,', (pieceLength) => {
  const window = 256 * 1024;
  const good = Buffer.concat([
    frame(1, 2 ** 32 - 1),
    frame(0, 0),
    frame(0, 100, Buffer.alloc(100, 0xff)),
    frame(2, 2 ** 32 - 1),
    frame(0, window, Buffer.alloc(window, 0xff)),
    frame(3, 2 ** 31),
  ]);

  test('is content with data up to the window, and with any number that is no length', () => {
    expect(isExceeded(good, pieceLength)).toBe(false);
  });

  test.each([window + 1, 2 ** 31, 2 ** 32 - 1])('sees a data frame of %i bytes by its header', (length) => {
    expect(isExceeded(Buffer.concat([good, frame(0, length)]), pieceLength)).toBe(true);
  });
});
