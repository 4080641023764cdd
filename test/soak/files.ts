import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { runUnlocked } from '../engine/duckdb.ts';

/** Rows of each file, whichever version it is. */
export const rowsOfFile = 20_000;
const versionCount = 3;

const kinds = {
  duckdb: { name: 'readings', file: 'soak.duckdb' },
  parquet: { name: 'readings_parquet', file: 'soak.parquet' },
  csv: { name: 'readings_csv', file: 'soak.csv' },
  json: { name: 'readings_json', file: 'soak.json' },
} as const;

type Kind = keyof typeof kinds;

export const tableNames: readonly string[] = Object.values(kinds).map(({ name }) => name);

/** The same table in four files, in several versions, of which one at a time is where the data source reads it. */
export class Files {
  readonly #folder: string;
  #replacements = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(folder: string): Promise<Files> {
    const files = new Files(folder);
    await Promise.all(['data', 'versions'].map((name) => mkdir(join(folder, name))));
    for (let version = 0; version < versionCount; version++) {
      await files.#write(version);
    }
    for (const kind of Object.keys(kinds) as Kind[]) {
      await files.#publish(kind, 0);
    }
    return files;
  }

  /** Where the data source may read. */
  get directory(): string {
    return join(this.#folder, 'data');
  }

  /** The data source's `duckdb` settings. */
  get settings(): object {
    const table = (kind: Kind) => ({ name: kinds[kind].name, path: join(this.directory, kinds[kind].file) });
    const tables = (['parquet', 'csv', 'json'] as const).map(table);
    return { database: join(this.directory, kinds.duckdb.file), tables };
  }

  /** Puts another version of one file in place, as producers should: written beside it, then renamed. */
  async replaceOne(): Promise<void> {
    this.#replacements++;
    const names = Object.keys(kinds) as Kind[];
    await this.#publish(names[this.#replacements % names.length] as Kind, this.#replacements % versionCount);
  }

  async #publish(kind: Kind, version: number): Promise<void> {
    const target = join(this.directory, kinds[kind].file);
    const beside = `${target}.${this.#replacements}.new`;
    await copyFile(this.#staged(kind, version), beside);
    await rename(beside, target);
  }

  #staged(kind: Kind, version: number): string {
    return join(this.#folder, 'versions', `${version}-${kinds[kind].file}`);
  }

  async #write(version: number): Promise<void> {
    const rows = `SELECT TIMESTAMP '2026-01-01' + to_seconds(i * 4) AS time, 'station ' || (i % 10) AS station,
      ${version} AS version, sin(i / 100.0) AS value FROM range(${rowsOfFile}) r(i)`;
    const copy = (kind: 'parquet' | 'csv' | 'json') =>
      `COPY (${rows}) TO '${this.#staged(kind, version)}' (FORMAT ${kind})`;
    await runUnlocked(this.#staged('duckdb', version), `CREATE TABLE readings AS ${rows}`);
    await runUnlocked(':memory:', copy('parquet'), copy('csv'), copy('json'));
  }
}
