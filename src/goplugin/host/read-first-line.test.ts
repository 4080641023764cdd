import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readFirstLine } from './read-first-line.ts';

async function write(...chunks: (string | Buffer)[]) {
  const stream = new PassThrough();
  const first = readFirstLine(stream);
  for (const chunk of chunks) {
    stream.write(chunk);
    await new Promise(setImmediate);
  }
  return { stream, first };
}

describe('readFirstLine()', () => {
  test.each([
    ['in one piece', ['a|b\nmore\n'], 'a|b'],
    ['in several', ['a', '|', 'b', '\n'], 'a|b'],
    ['that is empty', ['\n'], ''],
    ['from Windows', ['a|b\r\n'], 'a|b'],
    ['with a character that is cut in two', [Buffer.from([0xc3]), Buffer.from([0xbc, 0x0a])], 'ü'],
    ['that is too long, cut', ['x'.repeat(70_000)], 'x'.repeat(65_536)],
  ])('gives a line %s', async (_, chunks, expected) => {
    const { first } = await write(...chunks);
    expect(await first.line).toBe(expected);
    expect(first.soFar()).toBe(expected);
  });

  test('gives nothing where the stream ends before the line does, and has what came', async () => {
    const { stream, first } = await write('1|2|un');
    stream.end();
    expect(await first.line).toBeUndefined();
    expect(first.soFar()).toBe('1|2|un');
  });

  test('goes on reading, so that the writer can go on', async () => {
    const { stream } = await write('line\n');
    for (let index = 0; index < 100; index++) {
      stream.write('x'.repeat(65_536));
      await new Promise(setImmediate);
    }
    expect(stream.readableLength).toBe(0);
    expect(stream.writableLength).toBe(0);
  });
});
