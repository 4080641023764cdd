import { closeSync, openSync, readSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { headerByteLength, parseFileHeader } from './file-header.ts';

function elf({ machine = 62, bigEndian = false, interpreter = '' } = {}): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, bigEndian ? 2 : 1]);
  if (bigEndian) {
    bytes.writeUInt16BE(machine, 18);
    return bytes;
  }
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  // The second of two program headers.
  bytes.writeUInt32LE(interpreter === '' ? 1 : 3, 120);
  bytes.writeBigUInt64LE(200n, 128);
  bytes.writeBigUInt64LE(BigInt(interpreter.length + 1), 152);
  bytes.write(interpreter, 200);
  return bytes;
}

function pe(machine: number): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.write('MZ');
  bytes.writeUInt32LE(128, 0x3c);
  bytes.write('PE\0\0', 128);
  bytes.writeUInt16LE(machine, 132);
  return bytes;
}

describe('parseFileHeader()', () => {
  test.each([
    ['ELF for x64', elf(), { format: 'ELF', arch: 'x64' }],
    ['ELF for arm64', elf({ machine: 183 }), { format: 'ELF', arch: 'arm64' }],
    ['ELF in the other byte order', elf({ machine: 22, bigEndian: true }), { format: 'ELF', arch: 's390x' }],
    ['ELF for a machine without a name', elf({ machine: 4242 }), { format: 'ELF', arch: 'machine 4242' }],
    [
      'ELF with a loader',
      elf({ interpreter: '/lib/ld.so' }),
      { format: 'ELF', arch: 'x64', interpreter: '/lib/ld.so' },
    ],
    ['ELF that is cut off', elf({ interpreter: '/lib/ld.so' }).subarray(0, 100), { format: 'ELF', arch: 'x64' }],
    ['Mach-O for arm64', Buffer.from('cffaedfe0c000001', 'hex'), { format: 'Mach-O', arch: 'arm64' }],
    ['Mach-O for x64', Buffer.from('cffaedfe07000001', 'hex'), { format: 'Mach-O', arch: 'x64' }],
    ['Mach-O for several', Buffer.from('cafebabe00000002', 'hex'), { format: 'Mach-O' }],
    ['PE for x64', pe(0x8664), { format: 'PE', arch: 'x64' }],
    ['PE for arm64', pe(0xaa64), { format: 'PE', arch: 'arm64' }],
    ['a script', Buffer.from('#!/bin/sh\necho'), { format: 'script', interpreter: '/bin/sh' }],
    [
      'a script with an argument',
      Buffer.from('#! /usr/bin/env node'),
      { format: 'script', interpreter: '/usr/bin/env' },
    ],
    ['a script from Windows', Buffer.from('#!/bin/sh\r\n'), { format: 'script', interpreter: '/bin/sh' }],
  ])('reads %s', (_, bytes, expected) => {
    expect(parseFileHeader(bytes)).toEqual(expected);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('exit 1\n')],
    ['a script without an interpreter', Buffer.from('#!\n')],
    ['the first bytes of ELF', Buffer.from('7f454c46', 'hex')],
    ['a program for DOS', Buffer.alloc(128, 'MZ')],
  ])('knows none of these formats in %s', (_, bytes) => {
    expect(parseFileHeader(bytes)).toBeUndefined();
  });

  test('reads the file that runs this test', () => {
    const bytes = Buffer.alloc(headerByteLength);
    const file = openSync(process.execPath, 'r');
    readSync(file, bytes);
    closeSync(file);
    expect(parseFileHeader(bytes)).toMatchObject({ arch: process.arch });
  });
});
