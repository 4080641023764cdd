import { describe, expect, test } from 'vitest';
import './bounded-strings.ts';
import pb from '../generated/goplugin/grpc_broker_pb.js';

function read(hex: string): pb.ConnInfo {
  return pb.ConnInfo.deserializeBinary(Buffer.from(hex, 'hex'));
}

describe('a string of a message', () => {
  test.each(['', 'unix', 'é', '💥', '\uFEFFmark', 'a\0b', 'x'.repeat(100_000)])(
    'is read as it was written: %.20j',
    (text) => {
      const info = new pb.ConnInfo();
      info.setNetwork(text);
      expect(pb.ConnInfo.deserializeBinary(info.serializeBinary()).getNetwork()).toBe(text);
    },
  );

  test.each([
    ['by one byte', '120161' + '1a0261'],
    ['by four billion', '12ffffffff0f61'],
    ['in a message within the message', '2208' + '1affffffff0f6161'],
    ['of a message within the message, though not of the outer one', '2203' + '1a0461' + '0801' + '0801'],
  ])('that goes beyond its end is refused: %s', (_, hex) => {
    expect(() => read(hex)).toThrow();
  });
});
