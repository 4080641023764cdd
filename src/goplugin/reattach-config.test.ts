import { describe, expect, test } from 'vitest';
import { formatReattachConfig, parseReattachConfig } from './reattach-config.ts';

// As Terraform's documentation on debugging providers prints it.
const terraform =
  '{"Protocol":"grpc","ProtocolVersion":5,"Pid":3382870,"Test":true,"Addr":{"Network":"unix","String":"/tmp/plugin713096927"}}';
const config = {
  protocolVersion: 5,
  processId: 3382870,
  test: true,
  network: 'unix',
  address: '/tmp/plugin713096927',
} as const;

describe('a reattach configuration', () => {
  test('is written as Terraform writes it', () => {
    expect(formatReattachConfig(config)).toBe(terraform);
  });

  test('is read as Terraform writes it', () => {
    expect(parseReattachConfig(terraform)).toEqual(config);
  });

  test('belongs to its host unless it says "Test"', () => {
    expect(parseReattachConfig(terraform.replace('"Test":true,', ''))).toMatchObject({ test: false });
  });

  test.each([
    ['"grpc"', '"netrpc"', 'Protocol is "netrpc", expected "grpc"'],
    ['"Protocol":"grpc",', '', 'Protocol is undefined, expected "grpc"'],
    ['"ProtocolVersion":5', '"ProtocolVersion":"5"', 'ProtocolVersion is "5", expected a version'],
    ['"ProtocolVersion":5', '"ProtocolVersion":-1', 'ProtocolVersion is -1, expected a version'],
    ['3382870', '0', 'Pid is 0, expected the id of a process'],
    ['3382870', '1.5', 'Pid is 1.5, expected the id of a process'],
    ['true', '1', 'Test is 1, expected true or false'],
    ['"unix"', '"udp"', 'Addr.Network is "udp", expected "unix" or "tcp"'],
    ['"/tmp/plugin713096927"', '""', 'Addr.String is "", expected an address'],
    [/"Addr":.*/, '"Addr":null}', 'Addr.Network is undefined, expected "unix" or "tcp"'],
    [/.*/, '[]', 'the configuration is no object: []'],
    ['}}', '}', 'the configuration is no JSON: '],
  ])('is refused where %s is %s', (old, replacement, why) => {
    expect(() => parseReattachConfig(terraform.replace(old, replacement))).toThrow(
      expect.objectContaining({
        code: 'config',
        message: expect.stringContaining(`Cannot reattach: ${why}`),
      }),
    );
  });
});
