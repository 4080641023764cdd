import { describe, expect, test } from 'vitest';
import { readStandalone } from './standalone.ts';

const env = { GF_PLUGIN_GRPC_ADDRESS_MY_SQL_DATASOURCE: '127.0.0.1:4711', GF_PLUGIN_GRPC_ADDRESS_OTHER: ':1' };

describe('readStandalone()', () => {
  test.each([
    ['nothing, unless somebody asks', [], {}, undefined],
    ['nothing for a variable that is empty', [], { GF_PLUGIN_GRPC_ADDRESS_MY_SQL_DATASOURCE: '' }, undefined],
    ['to serve', ['--standalone'], {}, { kind: 'serve' }],
    ['to serve, as Go spells flags too', ['-standalone'], {}, { kind: 'serve' }],
    ['to serve at an address', ['--standalone'], env, { kind: 'serve', address: '127.0.0.1:4711' }],
    ['to send Grafana elsewhere', [], env, { kind: 'elsewhere', address: '127.0.0.1:4711' }],
  ])('reads %s', (_, args, given, expected) => {
    expect(readStandalone('my-sql-datasource', args, given)).toEqual(expected);
  });
});
