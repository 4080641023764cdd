/**
 * Makes sample files: readings of weather stations, the same rows as CSV, Parquet, JSON and a DuckDB file. Nothing in them is real, and
 * the same options always give the same rows.
 *
 *     node scripts/make-samples.ts <folder> [--rows 1000000] [--seed 1] [--formats csv,parquet,json,duckdb]
 */
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import duckdb from '@duckdb/node-bindings';
import { wholeNumber } from './whole-number.ts';

export type SampleFormat = 'csv' | 'parquet' | 'json' | 'duckdb';

export interface SampleOptions {
  /** Default: one day, one row a minute for each station. */
  readonly rows?: number;
  readonly seed?: number;
  /** Default: all. */
  readonly formats?: readonly SampleFormat[];
}

/** Where the first row stands; each next row of a station is a minute later. */
export const firstReading = '2026-01-01T00:00:00Z';

const stations = [
  { name: 'bergen', region: 'north', warmth: 7.5 },
  { name: 'cork', region: 'west', warmth: 10.5 },
  { name: 'faro', region: 'south', warmth: 18.0 },
  { name: 'graz', region: 'south', warmth: 9.5 },
  { name: 'oulu', region: 'north', warmth: 3.0 },
  { name: 'utrecht', region: 'west', warmth: 10.0 },
] as const;

const defaultRows = stations.length * 24 * 60;

const writers: Readonly<Record<SampleFormat, (path: string) => readonly string[]>> = {
  csv: (path) => [`COPY readings TO ${quoted(path)} (FORMAT csv, HEADER)`],
  parquet: (path) => [`COPY readings TO ${quoted(path)} (FORMAT parquet)`],
  json: (path) => [`COPY readings TO ${quoted(path)} (FORMAT json)`],
  duckdb: (path) => [
    `ATTACH ${quoted(path)} AS sample`,
    'CREATE TABLE sample.readings AS FROM readings',
    'CREATE TABLE sample.stations AS FROM stations',
    'DETACH sample',
  ],
};

const sampleFormats = Object.keys(writers) as SampleFormat[];

/** Writes `readings.<format>` for each format into the folder, made where it is missing; the DuckDB file has a table `stations` too. */
export async function makeSamples(folder: string, options: SampleOptions = {}): Promise<void> {
  const { rows = defaultRows, seed = 1, formats = sampleFormats } = options;
  mkdirSync(folder, { recursive: true });
  const database = await duckdb.open(':memory:');
  try {
    const connection = await duckdb.connect(database);
    await duckdb.query(connection, stationsSql());
    await duckdb.query(connection, readingsSql(rows, seed));
    for (const format of formats) {
      rmSync(samplePath(folder, format), { force: true });
      for (const statement of writers[format](samplePath(folder, format))) {
        await duckdb.query(connection, statement);
      }
    }
    duckdb.disconnect_sync(connection);
  } finally {
    duckdb.close_sync(database);
  }
}

/** The absolute path of the sample file of a format. */
export function samplePath(folder: string, format: SampleFormat): string {
  return resolve(folder, `readings.${format}`);
}

function stationsSql(): string {
  const rows = stations.map(({ name, region, warmth }, index) => `(${index}, '${name}', '${region}', ${warmth})`);
  return `CREATE TABLE stations AS FROM (VALUES ${rows.join(', ')}) AS s (number, station, region, warmth)`;
}

/**
 * Among the columns are a short text, a text of 40 characters, one that is mostly null, and numbers that are null now and then. Noise
 * comes from MD5, which no version of DuckDB may change.
 */
function readingsSql(rows: number, seed: number): string {
  const noise = (salt: string) => `(md5_number_lower('${seed} ${salt} ' || i) / 18446744073709551616.0)`;
  return `
    CREATE TABLE readings AS
    WITH ticks AS (
      SELECT i, i % ${stations.length} AS number, i // ${stations.length} AS minute FROM range(${rows}) AS r (i)
    )
    SELECT
      TIMESTAMP '${firstReading}' + to_minutes(minute) AS time,
      station,
      region,
      round(warmth + 5 * sin(2 * pi() * (minute - 540) / 1440) + ${noise('temperature')}, 2) AS temperature,
      CASE WHEN ${noise('gap')} >= 0.01 THEN round(55 + 40 * ${noise('humidity')}, 1) END AS humidity,
      (12 + 60 * ${noise('wind')} * ${noise('gust')})::INTEGER AS gusts,
      ${noise('rain')} < 0.2 AS rain,
      CASE WHEN ${noise('remark')} < 0.002 THEN 'Sensor cleaned and calibrated at ' || upper(station) END AS remark,
      md5('${seed} ' || i) || left(md5(i || ' ${seed}'), 8) AS checksum
    FROM ticks JOIN stations USING (number)
    ORDER BY i`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string' }, seed: { type: 'string' }, formats: { type: 'string' } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    throw new Error('Cannot make samples: name a folder for them');
  }
  await makeSamples(folder, {
    ...(values.rows !== undefined && { rows: wholeNumber('rows', values.rows) }),
    ...(values.seed !== undefined && { seed: wholeNumber('seed', values.seed) }),
    ...(values.formats !== undefined && { formats: values.formats.split(',').map(parseFormat) }),
  });
}

function parseFormat(text: string): SampleFormat {
  const found = sampleFormats.find((format) => format === text);
  if (found === undefined) {
    throw new Error(`Cannot make samples: ${text} is none of ${sampleFormats.join(', ')}`);
  }
  return found;
}
