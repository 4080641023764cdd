import { stat } from 'node:fs/promises';

/** Tells one content of a file from another, by one question to the file system; undefined where there is none that can be seen. */
export async function versionOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && [found.dev, found.ino, found.size, found.mtimeNs].join(' ');
}
