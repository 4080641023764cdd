import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Tells one content of a file from another, by one question to the file system; undefined where there is none that can be seen. */
export async function versionOf(path: string): Promise<string | undefined> {
  const found = await lookAt(path);
  return found && formatVersion(found);
}

/** Undefined where there is no file that can be seen. */
export function lookAt(path: string): Promise<BigIntStats | undefined> {
  return stat(path, { bigint: true }).catch(() => undefined);
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
