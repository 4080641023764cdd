import type { TableConfig } from '../config.ts';

export type Format = NonNullable<TableConfig['format']>;

/** Endings by which DuckDB tells files, and what it takes those for; `other` needs an extension that we do not have. */
const kindOfEnding: Readonly<Record<string, Format | 'database' | 'other'>> = {
  csv: 'csv',
  tsv: 'csv',
  parquet: 'parquet',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  db: 'database',
  duckdb: 'database',
  ddb: 'database',
  xlsx: 'other',
  avro: 'other',
  vortex: 'other',
  lance: 'other',
};

/** The format that a file's ending tells; compressed files say so in a second ending, as in `a.csv.gz`. */
export function formatOfFile(path: string): Format | undefined {
  const kind = kindOf(path.replace(/\.(gz|zst)$/i, ''));
  return kind === 'database' || kind === 'other' ? undefined : kind;
}

/** Whether DuckDB would open the file as a whole database. */
export function isDatabaseFile(path: string): boolean {
  return kindOf(path) === 'database';
}

/** Whether DuckDB would look for a file where no table has the name: by an ending, a directory or a wildcard. */
export function looksLikeFile(name: string): boolean {
  return fileLike.test(name);
}

const fileLike = new RegExp(`[\\\\/]|\\.(${Object.keys(kindOfEnding).join('|')})\\b|[*?[]`, 'i');

function kindOf(path: string): (typeof kindOfEnding)[string] | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(kindOfEnding, ending) ? kindOfEnding[ending] : undefined;
}
