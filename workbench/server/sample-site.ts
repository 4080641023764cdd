import { firstReading, makeSamples, samplePath } from '../../scripts/make-samples.ts';
import type { WorkbenchOptions } from './start-workbench.ts';

const temperatures = `SELECT $__timeGroup(time, '30m') AS time, station, avg(temperature) AS temperature
FROM readings
WHERE $__timeFilter(time)
GROUP BY 1, 2
ORDER BY 1`;

const table = `SELECT station, region, count(*) AS readings, min(temperature) AS coldest, max(temperature) AS warmest
FROM readings_csv
GROUP BY ALL
ORDER BY station`;

const logs = `SELECT time, remark AS body, 'info' AS level, station
FROM readings
WHERE remark IS NOT NULL AND $__timeFilter(time)
ORDER BY time DESC`;

const traces = `SELECT 'day' AS "traceID", station AS "spanID", CASE WHEN station <> 'faro' THEN 'faro' END AS "parentSpanID",
       'over 8 °C at ' || station AS "operationName", region AS "serviceName", min(time) AS "startTime",
       epoch_ms(max(time)) - epoch_ms(min(time)) AS duration
FROM readings
WHERE temperature > 8
GROUP BY ALL`;

/** Makes sample files, and returns a site that shows them: a data source to change and a provisioned one. @param folder absolute, without links */
export async function makeSampleSite(folder: string): Promise<WorkbenchOptions> {
  await makeSamples(folder);
  const tables = (['csv', 'json', 'parquet'] as const).map((format) => ({
    name: `readings_${format}`,
    path: samplePath(folder, format),
  }));
  const duckdb = { database: samplePath(folder, 'duckdb'), tables, directories: [] };
  return {
    env: { GF_PLUGIN_ALLOWED_DIRECTORIES: folder },
    sources: [
      { uid: 'weather', name: 'Weather', jsonData: { engine: 'duckdb', duckdb } },
      { uid: 'provisioned', name: 'Weather, provisioned', jsonData: { engine: 'duckdb', duckdb }, readOnly: true },
    ],
    workbench: {
      range: { from: firstReading, to: new Date(Date.parse(firstReading) + 86_400_000 - 1).toISOString() },
      examples: [
        { title: 'Temperatures', query: { rawSql: temperatures, format: 'time_series' } },
        { title: 'Stations', query: { rawSql: table, format: 'table' } },
        { title: 'Remarks', query: { rawSql: logs, format: 'logs' } },
        { title: 'Spans', query: { rawSql: traces, format: 'traces' } },
      ],
    },
  };
}
