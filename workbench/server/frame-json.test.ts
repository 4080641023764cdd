import { type Frame, frameFrom } from 'quiver-sql-datasource/frame';
import { describe, expect, test } from 'vitest';
import { frameToJson } from './frame-json.ts';

function jsonOf(frame: Frame) {
  return JSON.parse(frameToJson(frame)) as { schema: Record<string, unknown>; data: Record<string, unknown> };
}

describe('frameToJson()', () => {
  test('writes names, types, labels, config and meta', () => {
    const frame = frameFrom([
      { name: 'time', type: 'timestamp', cells: [0n] },
      { name: 'value', type: 'float64', cells: [null], labels: { station: 'cork' }, config: { unit: 'celsius' } },
    ]);
    const { schema } = jsonOf({ ...frame, refId: 'A', name: 'readings', meta: { type: 'timeseries-wide' } });
    expect(schema).toEqual({
      refId: 'A',
      name: 'readings',
      meta: { type: 'timeseries-wide', typeVersion: [0, 0] },
      fields: [
        { name: 'time', type: 'time', typeInfo: { frame: 'time.Time' } },
        {
          name: 'value',
          type: 'number',
          typeInfo: { frame: 'float64', nullable: true },
          labels: { station: 'cork' },
          config: { unit: 'celsius' },
        },
      ],
    });
  });

  test('writes times in milliseconds, rounded down, and what is left of the nanoseconds beside them', () => {
    const { data } = jsonOf(
      frameFrom([{ name: 'time', type: 'timestamp', cells: [1_000_000n, 1_500_001n, -1n, null] }]),
    );
    expect(data).toEqual({ values: [[1, 1, -1, null]], nanos: [[0, 500_001, 999_999, 0]] });
  });

  test('writes numbers that JSON does not have as null, and names their rows', () => {
    const cells = [Number.NaN, 1.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const { data } = jsonOf(frameFrom([{ name: 'a', type: 'float64', cells }]));
    expect(data).toEqual({ values: [[null, 1.5, null, null]], entities: [{ NaN: [0], Inf: [2], NegInf: [3] }] });
  });

  test('writes all digits of 64-bit integers, and JSON as it is', () => {
    const frame = frameFrom([
      { name: 'a', type: 'int64', cells: [9_223_372_036_854_775_807n] },
      { name: 'b', type: 'json', cells: ['{"x":[1]}'] },
      { name: 'c', type: 'utf8', cells: ['</script>"'] },
      { name: 'd', type: 'bool', cells: [true] },
    ]);
    expect(frameToJson(frame)).toContain('"values":[[9223372036854775807],[{"x":[1]}],["</script>\\""],[true]]');
  });

  test('writes a number of 32 bits without the digits that 64 would have, and the sign of a zero', () => {
    const frame = frameFrom([
      { name: 'a', type: 'float32', cells: [Math.fround(0.1), -0, 3, null] },
      { name: 'b', type: 'float64', cells: [Math.fround(0.1), -0, 3, null] },
    ]);
    expect(frameToJson(frame)).toContain('"values":[[0.1,-0,3,null],[0.10000000149011612,-0,3,null]]');
  });

  test('writes an empty frame with its fields', () => {
    const { schema, data } = jsonOf(frameFrom([{ name: 'a', type: 'utf8', cells: [] }]));
    expect(schema.fields).toHaveLength(1);
    expect(data).toEqual({ values: [[]] });
  });
});
