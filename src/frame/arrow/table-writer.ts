import type { Builder } from 'flatbuffers';

// A flatbuffer is built backwards and a table is not nested while it is written: children first, then the table that points at them.

/** Writes a vector of offsets to tables or strings; returns its own offset. */
export function writeOffsets(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) {
    builder.addOffset(offset);
  }
  return builder.endVector();
}

/** Writes a vector of structs of `width` int64s each from a flat list of non-negative safe integers; returns its offset. */
export function writeStructs(builder: Builder, width: number, int64s: readonly number[]): number {
  builder.startVector(width * 8, int64s.length / width, 8);
  for (let i = int64s.length - 1; i >= 0; i--) {
    writeInt64(builder, int64s[i] ?? 0);
  }
  return builder.endVector();
}

/** Adds a non-negative safe integer to the table being written, as an int64. */
export function addFieldInt64(builder: Builder, slot: number, value: number): void {
  builder.addFieldInt64(slot, BigInt(value), 0n);
}

/** startVector() has reserved and aligned the room. Two halves instead of Builder.writeInt64: no bigint for each of a wide frame's buffers. */
function writeInt64(builder: Builder, value: number): void {
  builder.writeInt32(Math.floor(value / 2 ** 32));
  builder.writeInt32(value | 0);
}
