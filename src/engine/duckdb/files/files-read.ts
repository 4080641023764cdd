import type { BigIntStats } from 'node:fs';
import { basename } from 'node:path';
import { EngineError, type EngineErrorCode, type QueryResult } from '../../engine.ts';
import { publishHint } from './database-version.ts';
import { formatOfFile } from './file-endings.ts';
import { formatVersion, lookAt, wasWrittenInPlace } from './file-version.ts';
import { guardBatches } from './guard-batches.ts';
import { fixedPart } from './paths.ts';

/** A query whose files are replaced as it starts is started again; one whose files always are is not waited for. */
const maxAttempts = 20;

/**
 * Runs a query over files, looking at them before and after: DuckDB opens a file more than once as a query starts, and takes one that has
 * been replaced in between for damaged; of one that is written in place it may read rows of two versions. A glob is seen by its directory, so
 * that what is written in place there is not noticed.
 *
 * @param paths files and globs that the query reads
 * @throws EngineError file_invalid when one was written in place, or else what the query throws
 */
export async function readFiles(paths: readonly string[], start: () => Promise<QueryResult>): Promise<QueryResult> {
  if (paths.length === 0) {
    return await start();
  }
  for (let attempt = 1; ; attempt++) {
    const files = await FilesRead.look(paths);
    try {
      return guardBatches(await start(), files);
    } catch (error) {
      const explained = await files.explain(error);
      const isWorthAnother = explained === error && attempt < maxAttempts && mayBeTorn(error);
      if (!isWorthAnother || !(await files.haveChanged())) {
        throw explained;
      }
    }
  }
}

class FilesRead {
  readonly #before: ReadonlyMap<string, BigIntStats | undefined>;

  private constructor(before: ReadonlyMap<string, BigIntStats | undefined>) {
    this.#before = before;
  }

  static async look(paths: readonly string[]): Promise<FilesRead> {
    return new FilesRead(await lookAtAll(paths));
  }

  async haveChanged(): Promise<boolean> {
    const after = await lookAtAll([...this.#before.keys()]);
    return [...this.#before].some(([path, before]) => textOf(before) !== textOf(after.get(path)));
  }

  async atEnd(): Promise<void> {
    const torn = await this.#findTorn();
    if (torn !== undefined) {
      throw writtenWhileRead(torn);
    }
  }

  async explain(error: unknown): Promise<unknown> {
    const torn = mayBeTorn(error) ? await this.#findTorn() : undefined;
    return torn === undefined ? error : writtenWhileRead(torn, error);
  }

  /** What grows is read as far as it had come; a Parquet file is read from its end and does not grow. */
  async #findTorn(): Promise<string | undefined> {
    const after = await lookAtAll([...this.#before.keys()]);
    return [...this.#before.keys()].find((path) => {
      const [was, is] = [this.#before.get(path), after.get(path)];
      const hasGrown = was !== undefined && is !== undefined && is.size > was.size;
      return wasWrittenInPlace(was, is) && !(hasGrown && formatOfFile(path) !== 'parquet') && is?.isFile() === true;
    });
  }
}

async function lookAtAll(paths: readonly string[]): Promise<ReadonlyMap<string, BigIntStats | undefined>> {
  return new Map(await Promise.all(paths.map(async (path) => [path, await lookAt(fixedPart(path))] as const)));
}

function textOf(found: BigIntStats | undefined): string {
  return found === undefined ? '' : formatVersion(found);
}

const tornCodes: ReadonlySet<EngineErrorCode> = new Set(['sql_failed', 'sql_invalid', 'file_invalid', 'engine_failed']);

function mayBeTorn(error: unknown): boolean {
  return error instanceof EngineError && tornCodes.has(error.code);
}

function writtenWhileRead(path: string, cause?: unknown): EngineError {
  return new EngineError('file_invalid', `${basename(path)} was written in place while it was read`, {
    hint: publishHint,
    cause,
  });
}
