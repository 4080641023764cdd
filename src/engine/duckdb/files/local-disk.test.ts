import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isOnLocalDisk } from './local-disk.ts';

describe.runIf(process.platform === 'linux')('isOnLocalDisk()', () => {
  test('knows memory and disks, and takes the kernel’s own file systems for none', async () => {
    expect([await isOnLocalDisk('/dev/shm'), await isOnLocalDisk('/proc')]).toEqual([true, false]);
  });

  test('says no of a folder that is not there, and asks again after ten seconds', async () => {
    const folder = join(tmpdir(), `quiver-local-${process.pid}`);
    expect(await isOnLocalDisk(folder, 0)).toBe(false);
    mkdirSync(folder);
    try {
      const isTemporaryFolderLocal = await isOnLocalDisk(tmpdir(), 0);
      expect(await isOnLocalDisk(folder, 9999)).toBe(false);
      expect(await isOnLocalDisk(folder, 10_001)).toBe(isTemporaryFolderLocal);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
