import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isOnLocalDisk } from './local-disk.ts';

/** A file that is open, as it was when it was opened; undefined where that could not be seen. */
export interface OpenFile {
  readonly path: string;
  readonly file: BigIntStats | undefined;
}

/** Tells one content of a file from another, by one question to the file system; undefined where there is none that can be seen. */
export async function versionOf(path: string): Promise<string | undefined> {
  const found = await lookAt(path);
  return found && formatVersion(found);
}

/**
 * Undefined where there is no file that can be seen. A local disk answers in 2 µs, which each query asks two or three times: a thread of the
 * pool costs 40. A drive behind a network may be gone, and must hold up nobody but who asks.
 */
export async function lookAt(path: string): Promise<BigIntStats | undefined> {
  try {
    return (await isOnLocalDisk(dirname(path)))
      ? statSync(path, { bigint: true, throwIfNoEntry: false })
      : await stat(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** The time of the last change of the inode is there too: `cp -p` and `rsync -t` set the other one to what they like. */
export function formatVersion({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/**
 * Whether the same file has other bytes, as `cp`, `rsync --inplace` and `truncate` leave it; a rename makes it another file. That one may
 * have been given the inode of one before it, so that the time of its birth is looked at too (0 where the file system keeps none).
 */
export function wasWrittenInPlace(before: BigIntStats | undefined, after: BigIntStats | undefined): boolean {
  return (
    before !== undefined &&
    after !== undefined &&
    before.dev === after.dev &&
    before.ino === after.ino &&
    before.birthtimeNs === after.birthtimeNs &&
    (before.size !== after.size || before.mtimeNs !== after.mtimeNs)
  );
}
