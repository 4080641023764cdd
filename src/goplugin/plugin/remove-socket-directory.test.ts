import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../hclog.ts';
import { removeSocketDirectory } from './remove-socket-directory.ts';

let parent: string;
const server = createServer();

beforeEach(() => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'parent-'));
});

afterEach(() => {
  server.close();
  rmSync(parent, { recursive: true });
});

async function makeDirectory(name: string): Promise<string> {
  const directory = path.join(parent, name);
  mkdirSync(directory);
  await new Promise<void>((resolve) => server.listen(path.join(directory, 's'), resolve));
  return directory;
}

describe('removeSocketDirectory()', () => {
  test('removes the directory that a host has made, with its sockets', async () => {
    removeSocketDirectory(await makeDirectory('plugin-dir7bX2aQ'), silentLogger);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('leaves one of any other name as it is', async () => {
    const directory = await makeDirectory('sockets');
    removeSocketDirectory(directory, silentLogger);
    expect(readdirSync(directory)).toEqual(['s']);
  });

  test('leaves what is no socket, and the directory with it', async () => {
    const directory = await makeDirectory('plugin-dir1');
    writeFileSync(path.join(directory, 'notes'), '');
    removeSocketDirectory(directory, silentLogger);
    expect(readdirSync(directory)).toEqual(['notes']);
  });

  test('is content where there is none', () => {
    const directory = path.join(parent, 'plugin-dir2');
    expect(() => removeSocketDirectory(directory, silentLogger)).not.toThrow();
    expect(existsSync(directory)).toBe(false);
  });
});
