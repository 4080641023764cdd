import type { Random } from '../random.ts';

/** The types of frames that there are (hashicorp/yamux, spec.md). */
export const frameTypes = { data: 0, windowUpdate: 1, ping: 2, goAway: 3 } as const;
export const flags = { syn: 1, ack: 2, fin: 4, rst: 8 } as const;

/** Of the side that sends. */
type Role = 'client' | 'server';

export interface YamuxHeader {
  readonly version?: number;
  readonly type: number;
  readonly flags?: number;
  readonly streamId?: number;
  /** Of the data that follows; of a window update how much it grows, of a ping its number, of a good-bye its reason. */
  readonly length?: number;
}

export function yamuxFrame(
  { version = 0, type, flags: bits = 0, streamId = 0, length }: YamuxHeader,
  data: Uint8Array = Buffer.alloc(0),
): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(version);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(bits, 2);
  header.writeUInt32BE(streamId, 4);
  header.writeUInt32BE(length ?? data.byteLength, 8);
  return Buffer.concat([header, data]);
}

const lengths = [0, 1, 11, 12, 256 * 1024, 256 * 1024 + 1, 2 ** 24, 2 ** 31, 2 ** 32 - 1];

/** A frame of one of the few streams that are opened, ended and broken off all the time; most sessions take many of them. */
function unrulyFrame(random: Random, role: Role): Buffer {
  // A client's streams have odd numbers, a server's even ones.
  const streamId = 2 * (1 + random.below(4)) - (role === 'client' ? 1 : 0);
  const data = random.bytes(random.length(2000));
  return random.pick([
    () => yamuxFrame({ type: frameTypes.data, flags: random.below(16), streamId }, data),
    () => yamuxFrame({ type: frameTypes.data, flags: flags.syn, streamId }, data),
    () => yamuxFrame({ type: frameTypes.windowUpdate, flags: random.below(16), streamId, length: streamId }),
    () => yamuxFrame({ type: frameTypes.ping, flags: flags.syn, length: random.below(2 ** 32) }),
  ])();
}

/** A frame that no good side sends; most sessions end by it. */
function oddFrame(random: Random, role: Role): Buffer {
  const streamId = random.happens(0.8) ? random.below(6) : random.below(2 ** 32);
  const data = random.bytes(random.length(2000));
  return random.pick([
    () =>
      yamuxFrame({ type: frameTypes.windowUpdate, flags: random.below(16), streamId, length: random.pick(lengths) }),
    () => yamuxFrame({ type: frameTypes.ping, flags: random.below(4), streamId, length: random.below(2 ** 32) }),
    () => yamuxFrame({ type: frameTypes.goAway, streamId: random.below(2), length: random.below(5) }),
    () => yamuxFrame({ type: random.below(256), flags: random.below(2 ** 16), streamId }, data),
    () => yamuxFrame({ type: frameTypes.data, streamId, length: random.pick(lengths) }, data),
    () => yamuxFrame({ version: random.below(256), type: random.below(4), streamId }, data),
    () => random.mutate(unrulyFrame(random, role)),
    () => random.bytes(random.length(200)),
  ])();
}

/** Ten frames of this side: unruly ones, and in every other session an odd one among them. */
export function badSession(random: Random, role: Role): Buffer {
  const frames = Array.from({ length: 10 }, () => unrulyFrame(random, role));
  if (random.happens(0.5)) {
    frames[random.below(10)] = oddFrame(random, role);
  }
  return Buffer.concat(frames);
}

/** Frames for streams that there are not, which every side lets pass. */
export function strayFrames(): Buffer {
  const frames = [100, 101, 2 ** 31, 2 ** 32 - 1].flatMap((streamId) => [
    yamuxFrame({ type: frameTypes.data, streamId }, Buffer.alloc(1000)),
    yamuxFrame({ type: frameTypes.data, flags: flags.fin, streamId }),
    yamuxFrame({ type: frameTypes.windowUpdate, streamId, length: 2 ** 32 - 1 }),
    yamuxFrame({ type: frameTypes.windowUpdate, flags: flags.rst, streamId }),
    yamuxFrame({ type: frameTypes.windowUpdate, flags: flags.ack | 0xfff0, streamId }),
  ]);
  return Buffer.concat(frames);
}
