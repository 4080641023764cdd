import { describe, expect, test } from 'vitest';
import { decodeFrame } from './arrow/decode.ts';
import { encodeFrame } from './arrow/encode.ts';
import { frameRows } from './cells.ts';
import { frameFrom } from './frame-from.ts';

describe('frameFrom()', () => {
  test('makes a frame that says everything of itself after encoding, too', () => {
    const frame = frameFrom(
      [
        { name: 'time', type: 'timestamp', cells: [0n, 1_000_000_000n] },
        { name: 'value', type: 'float64', labels: { host: 'a' }, config: { unit: 'celsius' }, cells: [1.5, null] },
      ],
      { name: 'temperature', refId: 'A', meta: { type: 'timeseries-wide' } },
    );
    const decoded = decodeFrame(Buffer.concat(encodeFrame(frame)));
    expect({ ...decoded, batches: [] }).toEqual({
      name: 'temperature',
      refId: 'A',
      meta: { type: 'timeseries-wide' },
      fields: [
        { name: 'time', type: 'timestamp' },
        { name: 'value', type: 'float64', labels: { host: 'a' }, config: { unit: 'celsius' } },
      ],
      batches: [],
    });
    expect(frameRows(decoded)).toEqual([
      [0n, 1.5],
      [1_000_000_000n, null],
    ]);
  });

  test('makes an empty frame of no fields, and of fields without rows', () => {
    expect(frameRows(frameFrom([]))).toEqual([]);
    const frame = frameFrom([{ name: 'a', type: 'utf8', cells: [] }]);
    expect([frame.fields, frameRows(frame)]).toEqual([[{ name: 'a', type: 'utf8' }], []]);
  });

  test('names the field that is longer or shorter than the first', () => {
    const first = { name: 'time', type: 'timestamp', cells: [0n, 1n] } as const;
    for (const cells of [[1], [1, 2, 3]]) {
      expect(() => frameFrom([first, { name: 'value', type: 'float64', cells }])).toThrow(
        new RangeError(`Cannot build the frame: field "value" has ${cells.length} cells, the first has 2`),
      );
    }
  });
});
