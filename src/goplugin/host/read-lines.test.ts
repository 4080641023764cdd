import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

async function read(...chunks: (string | Buffer)[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) {
    stream.write(chunk);
    await new Promise(setImmediate);
  }
  stream.end();
  await new Promise((resolve) => stream.once('close', resolve));
  return lines;
}

test('readLines() puts lines together, whatever pieces they come in', async () => {
  expect(await read('a', 'b\nc', '\n\nd\r\n')).toEqual(['ab', 'c', '', 'd']);
});

test('readLines() gives a last line that has no end', async () => {
  expect(await read('a\nb')).toEqual(['a', 'b']);
});

test('readLines() keeps a character that is cut in two', async () => {
  const bytes = Buffer.from('ü€\n');
  expect(await read(bytes.subarray(0, 1), bytes.subarray(1, 3), bytes.subarray(3))).toEqual(['ü€']);
});

test('readLines() gives a line without an end in pieces, and says so', async () => {
  const stream = new PassThrough();
  const lines: [length: number, isPiece: boolean][] = [];
  readLines(stream, (line, isPiece) => lines.push([line.length, isPiece]));
  for (const chunk of ['first\n', 'x'.repeat(65_536), 'x'.repeat(65_536), 'end\n', 'last']) {
    stream.write(chunk);
  }
  stream.end();
  await new Promise((resolve) => stream.once('close', resolve));
  expect(lines).toEqual([
    [5, false],
    [65_536, true],
    [65_536, true],
    [3, true],
    [4, false],
  ]);
});

test('readLines() gives what there is of a line whose stream is given up', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, (line) => lines.push(line));
  stream.write('half a li');
  await new Promise(setImmediate);
  stream.destroy();
  await new Promise((resolve) => stream.once('close', resolve));
  expect(lines).toEqual(['half a li']);
});
