import { describe, expect, test } from 'vitest';
import { findExecutable } from './find-executable.ts';

type Kind = 'executable' | 'not executable' | 'none';

function find(command: string, files: Record<string, Kind>, PATH?: string, platform: NodeJS.Platform = 'linux') {
  return findExecutable({
    command,
    cwd: platform === 'win32' ? 'C:\\host' : '/host',
    env: PATH === undefined ? {} : { [platform === 'win32' ? 'Path' : 'PATH']: PATH },
    platform,
    kindOf: (file) => files[file] ?? 'none',
  });
}

describe('findExecutable()', () => {
  test.each([
    ['an absolute path as it is', '/opt/plugin', {}, '/opt/plugin'],
    ['a relative one from the working directory on', './plugin', { '/host/plugin': 'executable' }, '/host/plugin'],
    ['a path that leads nowhere all the same', 'plugins/plugin', {}, '/host/plugins/plugin'],
  ] as const)('takes %s', (_, command, files, expected) => {
    expect(find(command, files, '/usr/bin')).toBe(expected);
  });

  test.each<[string, Record<string, Kind>, string | undefined, string]>([
    ['first directory that has it', { '/b/x': 'executable', '/c/x': 'executable' }, '/a:/b:/c', '/b/x'],
    ['first where it may be executed', { '/a/x': 'not executable', '/b/x': 'executable' }, '/a:/b', '/b/x'],
    ['one where it must not be, if there is no other', { '/b/x': 'not executable' }, '/a:/b', '/b/x'],
    ['working directory for an empty entry', { '/host/x': 'executable' }, '/a::/b', '/host/x'],
    ['working directory for an empty PATH', { '/host/x': 'executable' }, '', '/host/x'],
    ['working directory for a relative entry', { '/host/bin/x': 'executable' }, 'bin', '/host/bin/x'],
    ['system’s own directories without PATH', { '/bin/x': 'executable', '/a/x': 'executable' }, undefined, '/bin/x'],
  ])('looks a name up in PATH, and takes the %s', (_, files, PATH, expected) => {
    expect(find('x', files, PATH)).toBe(expected);
  });

  test('does not take a name for a file in the working directory', () => {
    expect(() => find('x', { '/host/x': 'executable' }, '/a:/b')).toThrow(
      expect.objectContaining({ code: 'spawn', message: 'no directory in its PATH has a file "x": /a:/b' }),
    );
  });

  test.each<[string, Record<string, Kind>, string]>([
    ['C:\\plugins\\x.exe', {}, 'C:\\plugins\\x.exe'],
    ['C:/plugins/x', { 'C:\\plugins\\x.exe': 'executable' }, 'C:\\plugins\\x.exe'],
    ['plugins\\x', { 'C:\\host\\plugins\\x.com': 'executable' }, 'C:\\host\\plugins\\x.com'],
    ['x', { 'D:\\tools\\x.exe': 'executable' }, 'D:\\tools\\x.exe'],
    ['x.exe', { 'D:\\tools\\x.exe': 'executable', 'D:\\tools\\x.exe.exe': 'executable' }, 'D:\\tools\\x.exe'],
  ])('knows Windows: %s', (command, files, expected) => {
    expect(find(command, files, 'C:\\windows;D:\\tools', 'win32')).toBe(expected);
  });

  test('does not search the working directory on Windows either', () => {
    expect(() => find('x', { 'C:\\host\\x.exe': 'executable' }, 'D:\\tools', 'win32')).toThrow(
      'no directory in its PATH',
    );
  });
});
