import type { Message } from 'google-protobuf';
import { describe, expect, test } from 'vitest';
import { callResourceResponseTo, checkHealthResponseTo, collectMetricsResponseTo } from '../../src/grafana/to-proto.ts';

const conversions: ReadonlyArray<readonly [string, Message]> = [
  ['checkHealthResponseTo()', checkHealthResponseTo({ status: 'error', message: 'broken', details: { why: 'so' } })],
  ['collectMetricsResponseTo()', collectMetricsResponseTo('a 1\n')],
  [
    'callResourceResponseTo()',
    callResourceResponseTo({ status: 201, headers: new Map([['a', ['b', 'c']]]), body: Buffer.from('body') }),
  ],
];

describe.each(conversions)('%s', (_name, message) => {
  test('leaves no field of the message unset', () => {
    expect(unsetFields(message.toObject())).toEqual([]);
  });
});

describe('checkHealthResponseTo()', () => {
  test('says every status in the number that the contract gives it', () => {
    const numbers = (['unknown', 'ok', 'error'] as const).map((status) =>
      checkHealthResponseTo({ status, message: '' }).getStatus(),
    );
    expect(numbers).toEqual([0, 1, 2]);
  });

  test('sends details that are a JSON object even where there are none', () => {
    const response = checkHealthResponseTo({ status: 'ok', message: '' });
    expect(JSON.parse(Buffer.from(response.getJsondetails_asU8()).toString())).toEqual({});
  });
});

function unsetFields(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, field]) => {
    const here = `${path}.${key}`;
    if (field === undefined || field === '' || field === 0 || field === false) {
      return [here];
    }
    if (Array.isArray(field) && field.length === 0) {
      return [here];
    }
    return typeof field === 'object' ? unsetFields(field, here) : [];
  });
}
