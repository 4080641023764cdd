import type { BigIntStats } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { EngineError } from '../../engine.ts';
import { formatVersion, lookAt } from './file-version.ts';

/** A database file as it was when it was looked at, with the log beside it that DuckDB replays over it. */
export interface DatabaseVersion {
  readonly file: BigIntStats;
  readonly log: BigIntStats | undefined;
  /** Equal for equal content. */
  readonly text: string;
}

/** How long a file that is written in place must have been left alone before it counts as whole. */
const quietMs = 1000n;

/** @param real where the file really lies: DuckDB takes the log beside that */
export async function databaseVersionOf(path: string, real: string): Promise<DatabaseVersion | undefined> {
  const [file, log] = await Promise.all([lookAt(path), lookAt(`${real}.wal`)]);
  return (
    file && {
      file,
      log,
      text: log === undefined ? formatVersion(file) : `${formatVersion(file)} ${formatVersion(log)}`,
    }
  );
}

/** A symlink may point elsewhere the next time. */
export function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** Whether somebody may still be writing: by the inode's time of change, which nobody can set. */
export function isQuiet({ file }: Pick<DatabaseVersion, 'file'>, nowMs: number): boolean {
  const ageMs = BigInt(nowMs) - file.ctimeNs / 1_000_000n;
  // A clock that is far off must not close the file for ever.
  return ageMs >= quietMs || ageMs <= -quietMs;
}

/**
 * DuckDB v1.5.5 replays whatever log lies beside a database, also that of the database that was there before: its rows would be added to
 * those of the new one.
 *
 * @throws EngineError file_invalid when the log is older than the database
 */
export function checkLog(path: string, { file, log }: DatabaseVersion): void {
  if (log !== undefined && log.size > 0n && log.mtimeNs < file.mtimeNs) {
    const name = basename(path);
    throw new EngineError(
      'file_invalid',
      `Cannot open the database: ${name}.wal is older than ${name}, and so the log of another database`,
      { hint: `Run CHECKPOINT and close the database before it is published, and remove ${name}.wal` },
    );
  }
}

export const publishHint = 'Let the producer write a new file beside it, and rename that over the old one';

export function writtenInPlace(path: string): EngineError {
  const name = basename(path);
  return new EngineError('database_busy', `Cannot read the database: ${name} was written in place while it was open`, {
    hint: `${publishHint}; what is written in place is read once it has been left alone for a second`,
  });
}
