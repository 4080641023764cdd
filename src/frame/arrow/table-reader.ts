import { ArrowError } from './error.ts';

/**
 * One table of a flatbuffer that may come from anyone. An absent field reads as 0, undefined or an empty list.
 *
 * Not the flatbuffers library's ByteBuffer: that reads what lies outside as zeros and believes any length. Here, what points outside is an ArrowError,
 * and so is a flatbuffer that makes its reader visit far more bytes than it has, by many pointers to one place.
 */
export class Table {
  private readonly source: Source;
  private readonly position: number;
  private readonly vtable: number;
  private readonly vtableByteLength: number;

  /** The root table of a flatbuffer; `what` names it in errors. */
  static root(bytes: Uint8Array, what: string): Table {
    const source = new Source(bytes, what);
    return new Table(source, source.uint32(0));
  }

  private constructor(source: Source, position: number) {
    this.source = source;
    this.position = position;
    this.vtable = position - source.int32(position);
    this.vtableByteLength = source.uint16(this.vtable);
  }

  uint8(slot: number): number {
    const position = this.positionOf(slot);
    return position === undefined ? 0 : this.source.uint8(position);
  }

  int16(slot: number): number {
    const position = this.positionOf(slot);
    return position === undefined ? 0 : this.source.int16(position);
  }

  int32(slot: number): number {
    const position = this.positionOf(slot);
    return position === undefined ? 0 : this.source.int32(position);
  }

  /** An int64 that is a length or a position. */
  length(slot: number): number {
    const position = this.positionOf(slot);
    return position === undefined ? 0 : this.source.length(position);
  }

  has(slot: number): boolean {
    return this.positionOf(slot) !== undefined;
  }

  string(slot: number): string | undefined {
    const vector = this.vector(slot, 1);
    return vector && this.source.utf8(vector.start, vector.count);
  }

  table(slot: number): Table | undefined {
    const position = this.positionOf(slot);
    return position === undefined ? undefined : new Table(this.source, this.source.target(position));
  }

  tables(slot: number): readonly Table[] {
    const { start, count } = this.vector(slot, 4) ?? nothing;
    return Array.from({ length: count }, (_, i) => new Table(this.source, this.source.target(start + 4 * i)));
  }

  /** A vector of structs of `width` int64s that are lengths or positions, flat. */
  structs(slot: number, width: number): readonly number[] {
    const { start, count } = this.vector(slot, 8 * width) ?? nothing;
    return Array.from({ length: count * width }, (_, i) => this.source.length(start + 8 * i));
  }

  /** A table begins with the distance back to its vtable: uint16 byte length of it, uint16 of the table, then each slot's distance from the table or 0. */
  private positionOf(slot: number): number | undefined {
    const entry = 4 + 2 * slot;
    const distance = entry < this.vtableByteLength ? this.source.uint16(this.vtable + entry) : 0;
    return distance === 0 ? undefined : this.position + distance;
  }

  private vector(slot: number, elementByteLength: number): { start: number; count: number } | undefined {
    const position = this.positionOf(slot);
    if (position === undefined) {
      return undefined;
    }
    const vector = this.source.target(position);
    const count = this.source.uint32(vector);
    this.source.check(vector + 4, count * elementByteLength);
    return { start: vector + 4, count };
  }
}

const nothing = { start: 0, count: 0 };

/** An honest flatbuffer's bytes are visited some three times over. */
const visitsPerByte = 32;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes, and how many more of them may be read. */
class Source {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly what: string;
  private visitsLeft: number;

  constructor(bytes: Uint8Array, what: string) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.what = what;
    this.visitsLeft = bytes.byteLength * visitsPerByte;
  }

  uint8(position: number): number {
    return this.view.getUint8(this.visit(position, 1));
  }

  uint16(position: number): number {
    return this.view.getUint16(this.visit(position, 2), true);
  }

  int16(position: number): number {
    return this.view.getInt16(this.visit(position, 2), true);
  }

  int32(position: number): number {
    return this.view.getInt32(this.visit(position, 4), true);
  }

  uint32(position: number): number {
    return this.view.getUint32(this.visit(position, 4), true);
  }

  length(position: number): number {
    const value = Number(this.view.getBigInt64(this.visit(position, 8), true));
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new ArrowError(`Cannot read ${this.what}: ${value} is no length`);
    }
    return value;
  }

  utf8(position: number, byteLength: number): string {
    this.visit(position, byteLength);
    return utf8.decode(this.bytes.subarray(position, position + byteLength));
  }

  /** What the offset at this position points at. */
  target(position: number): number {
    return position + this.uint32(position);
  }

  check(position: number, byteLength: number): void {
    if (position < 0 || position + byteLength > this.view.byteLength) {
      throw new ArrowError(
        `Cannot read ${this.what}: it points at bytes ${position} to ${position + byteLength}, but has ${this.view.byteLength}`,
      );
    }
  }

  private visit(position: number, byteLength: number): number {
    this.check(position, byteLength);
    this.visitsLeft -= byteLength;
    if (this.visitsLeft < 0) {
      throw new ArrowError(`Cannot read ${this.what}: too many pointers to the same bytes`);
    }
    return position;
  }
}
