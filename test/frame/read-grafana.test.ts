import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeFrame } from '../../src/frame/arrow/decode.ts';
import { ArrowError } from '../../src/frame/arrow/error.ts';
import { frameColumn } from '../../src/frame/cells.ts';
import { columnOf, type Description } from './description.ts';

describe('decodeFrame() reads what Grafana’s SDK writes', () => {
  test.each(['no-fields', 'no-rows', 'types', 'nullable', 'metadata', 'long', 'batches'])('%s', (name) => {
    const frame = decodeFrame(golden(`${name}.arrow`));
    const expected: Description = JSON.parse(golden(`${name}.jsonl`).toString());

    expect({ name: frame.name ?? '', refId: frame.refId ?? '', meta: frame.meta ?? null }).toEqual({
      name: expected.name,
      refId: expected.refId,
      meta: expected.meta,
    });
    expect(
      frame.fields.map(({ name, type, labels = {}, config = null }, index) => {
        return { name, labels, config, type, cells: frameColumn(frame, index) };
      }),
    ).toEqual(
      expected.fields.map((field) => {
        return { name: field.name, labels: field.labels, config: field.config, ...columnOf(field) };
      }),
    );
  });

  test('with as many batches as the file has', () => {
    expect(decodeFrame(golden('batches.arrow')).batches.map((batch) => batch.rowCount)).toEqual([4, 4, 2]);
  });
});

test('decodeFrame() takes an enum that has no texts', () => {
  const frame = decodeFrame(golden('enum.arrow'));
  expect(frame.fields).toEqual([{ name: 'state', type: 'enum' }]);
  expect(frameColumn(frame, 0)).toEqual([0, 1]);
});

describe('decodeFrame() names the column and the type that it cannot take', () => {
  test.each([
    ['date', 'Cannot read column "when": its type Date is not one that we take'],
    ['microseconds', 'Cannot read column "when": its type Timestamp(MICROSECOND) is not one that we take'],
    ['list', 'Cannot read column "when": its type List is not one that we take'],
    ['dictionary', 'Cannot read column "when": its type Utf8, dictionary is not one that we take'],
  ])('%s', (name, message) => {
    expect(() => decodeFrame(golden(`${name}.arrow`))).toThrow(new ArrowError(message));
  });
});

test('decodeFrame() says that it reads no compressed file', () => {
  expect(() => decodeFrame(golden('compressed.arrow'))).toThrow(
    new ArrowError('Cannot read record batch 0: its body is compressed'),
  );
});

function golden(name: string): Buffer {
  return readFileSync(new URL(`../golden/frame/${name}`, import.meta.url));
}
