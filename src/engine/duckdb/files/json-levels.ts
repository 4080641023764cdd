import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { EngineError } from '../../engine.ts';
import { versionOf } from './file-version.ts';

/** DuckDB v1.5.5 descends natively into the JSON files that it reads, whatever `maximum_depth` says: some 40,000 levels end the process. */
export const maxJsonLevels = 1000;
/** Of files that were found flat. */
const maxRemembered = 10_000;
const chunkBytes = 256 * 1024;

/**
 * Looks for JSON files that would make DuckDB crash: through all of a file, once for each of its versions (3 s a GB, in slices of 1 ms). A
 * file that is replaced between this look and DuckDB's is not seen.
 */
export class JsonLevels {
  readonly #list: (pattern: string) => Promise<readonly string[]>;
  /** Versions of files that were found flat, by their paths. */
  readonly #flat = new Map<string, string>();

  /** @param list the files that DuckDB takes a pattern for */
  constructor(list: (pattern: string) => Promise<readonly string[]>) {
    this.#list = list;
  }

  /**
   * The first file that nests its values too deep. What cannot be listed or read does not: DuckDB will say why.
   *
   * @param throwIfStopped called now and then; what it throws ends the search
   */
  async findDeep(path: string, isGlob: boolean, throwIfStopped: () => void): Promise<string | undefined> {
    // A pattern that matches nothing DuckDB takes for a name.
    const matches = isGlob ? await this.#list(path).catch(() => []) : [];
    for (const file of [path, ...matches]) {
      throwIfStopped();
      if (await this.#isDeep(file, throwIfStopped)) {
        return file;
      }
    }
    return undefined;
  }

  async #isDeep(path: string, throwIfStopped: () => void): Promise<boolean> {
    const version = await versionOf(path);
    if (version === undefined || this.#flat.get(path) === version) {
      return false;
    }
    if (await readLevels(path, throwIfStopped)) {
      return true;
    }
    if (this.#flat.size >= maxRemembered) {
      this.#flat.clear();
    }
    this.#flat.set(path, version);
    return false;
  }
}

async function readLevels(path: string, throwIfStopped: () => void): Promise<boolean> {
  const counter = new LevelCounter();
  try {
    const unpack = unpackerOf(await magicOf(path));
    const source = createReadStream(path, { highWaterMark: chunkBytes });
    const count = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        throwIfStopped();
        if (counter.add(chunk)) {
          return;
        }
      }
    };
    await (unpack === undefined ? pipeline(source, count) : pipeline(source, unpack, count));
  } catch {
    throwIfStopped();
  }
  return counter.isTooDeep;
}

async function magicOf(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer.readUInt32BE();
  } finally {
    await file.close();
  }
}

/** @param subject as messages begin: `Cannot read the table sales` */
export function tooDeep(subject: string, path: string): EngineError {
  return new EngineError(
    'file_invalid',
    `${subject}: ${basename(path)} nests its values deeper than ${maxJsonLevels} levels`,
    { hint: 'Check who writes the file' },
  );
}

/** By the first bytes, since a query may say that a file is packed whose name does not. */
function unpackerOf(magic: number) {
  if (magic >>> 16 === 0x1f8b) {
    return createGunzip({ chunkSize: chunkBytes });
  }
  return magic === 0x28b52ffd ? createZstdDecompress({ chunkSize: chunkBytes }) : undefined;
}

/** Counts open brackets outside of strings. */
export class LevelCounter {
  isTooDeep = false;
  #levels = 0;
  #isInString = false;
  #isEscaped = false;

  /** Whether what was added so far is too deep. */
  add(bytes: Uint8Array): boolean {
    let [levels, isInString, isEscaped] = [this.#levels, this.#isInString, this.#isEscaped];
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (isInString) {
        if (isEscaped) {
          isEscaped = false;
        } else if (byte === 0x5c) {
          isEscaped = true;
        } else if (byte === 0x22 || byte === 0x0a) {
          // No string of JSON holds a line's end: one that is left open ends there, with its line.
          isInString = false;
        }
      } else if (byte === 0x22) {
        isInString = true;
      } else if (byte === 0x5b || byte === 0x7b) {
        levels++;
        if (levels > maxJsonLevels) {
          this.isTooDeep = true;
          return true;
        }
      } else if ((byte === 0x5d || byte === 0x7d) && levels > 0) {
        levels--;
      }
    }
    [this.#levels, this.#isInString, this.#isEscaped] = [levels, isInString, isEscaped];
    return false;
  }
}
