import { describe, expect, test } from 'vitest';
import { frameRows } from '../cells.ts';
import { columnFrom } from '../column-from.ts';
import type { Frame } from '../frame.ts';
import { decodeFrame } from './decode.ts';
import { encodeFrame } from './encode.ts';
import { ArrowError } from './error.ts';

// That Grafana's files are read is shown by test/frame/read-grafana.test.ts, what is refused in files made to harm by decode.hostile.test.ts.

const frame: Frame = {
  name: 'name',
  refId: 'A',
  meta: { executedQueryString: 'SELECT 1' },
  fields: [
    { name: 'time', type: 'timestamp', config: { interval: 1000 } },
    { name: 'value', type: 'float64', labels: { host: '🐎' } },
    { name: '\ufefftext', type: 'utf8' },
    { name: 'flag', type: 'bool' },
  ],
  batches: [
    {
      rowCount: 3,
      columns: [
        columnFrom('timestamp', [1n, 2n, 3n]),
        columnFrom('float64', [0.5, null, Number.NaN]),
        columnFrom('utf8', ['a', '', '🐎']),
        columnFrom('bool', [true, false, null]),
      ],
    },
  ],
};
const file: Uint8Array = Uint8Array.from(Buffer.concat(encodeFrame(frame)));

test('decodeFrame() gives back what encodeFrame() took', () => {
  const { batches: _, ...schema } = frame;

  expect(decodeFrame(file)).toMatchObject(schema);
  expect(frameRows(decodeFrame(file))).toEqual([
    [1n, 0.5, 'a', true],
    [2n, null, '', false],
    [3n, Number.NaN, '🐎', null],
  ]);
});

test('decodeFrame() gives views of the file where it lies on a multiple of 8', () => {
  const [time] = decodeFrame(file).batches[0]?.columns ?? [];

  expect(time?.layout === 'fixed' && time.values.buffer).toBe(file.buffer);
});

test.each([1, 2, 3, 4, 5, 6, 7])('decodeFrame() reads a file that begins %i bytes into its memory', (shift) => {
  const memory = Buffer.alloc(file.byteLength + shift);
  memory.set(file, shift);

  expect(frameRows(decodeFrame(memory.subarray(shift)))).toEqual(frameRows(frame));
});

test('decodeFrame() takes texts that begin amid their bytes', () => {
  const offsets = Int32Array.of(2, 3, 5, 6);
  const bytes = new TextEncoder().encode('..abbc..');
  const texts = { layout: 'variable', length: 3, nullCount: 0, validity: null, offsets, bytes } as const;
  const sliced: Frame = { fields: [{ name: 'text', type: 'utf8' }], batches: [{ rowCount: 3, columns: [texts] }] };
  const [column] = decodeFrame(Buffer.concat(encodeFrame(sliced))).batches[0]?.columns ?? [];

  expect(column).toMatchObject({ offsets: Int32Array.of(0, 1, 3, 4), bytes: new TextEncoder().encode('abbc') });
});

test('decodeFrame() refuses texts whose offsets go back', () => {
  const texts = {
    layout: 'variable',
    length: 3,
    nullCount: 0,
    validity: null,
    offsets: Int32Array.of(0, 3, 2, 4),
    bytes: new Uint8Array(4),
  } as const;
  const broken: Frame = { fields: [{ name: 'text', type: 'utf8' }], batches: [{ rowCount: 3, columns: [texts] }] };

  expect(() => decodeFrame(Buffer.concat(encodeFrame(broken)))).toThrow(
    new ArrowError('Cannot read column "text" (utf8): the offset 2 follows 3 in 4 bytes'),
  );
});

describe('decodeFrame() says what is no Arrow file', () => {
  test.each([
    ['no bytes', new Uint8Array(0), 0],
    ['a file cut off in the middle', file.subarray(0, file.byteLength >> 1), file.byteLength >> 1],
    ['a file without its last byte', file.subarray(0, -1), file.byteLength - 1],
    ['a stream, which has no magic', file.subarray(8, -10), file.byteLength - 18],
    ['text', new TextEncoder().encode('{"error": "not found"}'), 22],
  ])('%s', (_, bytes, byteLength) => {
    expect(() => decodeFrame(bytes)).toThrow(
      new ArrowError(
        `Cannot read the Arrow file: its ${byteLength} bytes do not begin and end with ARROW1 (it may be cut off, or a stream)`,
      ),
    );
  });

  test('a footer longer than the file', () => {
    const bytes = file.slice();
    new DataView(bytes.buffer).setUint32(bytes.byteLength - 10, 0xffff_ffff, true);

    expect(() => decodeFrame(bytes)).toThrow(
      new ArrowError(`Cannot read the Arrow file: 4294967295 bytes of footer do not fit in ${bytes.byteLength}`),
    );
  });
});

test('decodeFrame() names the column whose metadata is not JSON', () => {
  const broken = Buffer.from(file);
  broken.write('[', broken.lastIndexOf('{"host":'));

  expect(() => decodeFrame(broken)).toThrow(/^Cannot read the labels of column "value": .*JSON/);
});

test('decodeFrame() gives back an enum, its texts and the rest of its config', () => {
  const frame: Frame = {
    fields: [
      { name: 'state', type: 'enum', texts: ['low', '', 'höher'], config: { unit: 'ms' } },
      { name: 'plain', type: 'enum', texts: ['a'], labels: { host: 'b' } },
    ],
    batches: [{ rowCount: 3, columns: [columnFrom('enum', [2, null, 0]), columnFrom('enum', [0, 0, 0])] }],
  };
  const decoded = decodeFrame(Buffer.concat(encodeFrame(frame)));
  expect(decoded.fields).toEqual(frame.fields);
  expect(frameRows(decoded)).toEqual([
    [2, 0],
    [null, 0],
    [0, 0],
  ]);
});
