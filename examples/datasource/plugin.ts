/**
 * A data source for Grafana that answers each query with a wave. Its settings are `{"amplitude": 2}`, a query is `{"periodSeconds": 60}`.
 * Grafana starts it; for a debugger it starts by hand: node examples/datasource/plugin.ts --standalone
 */
import { type Frame, frameFrom } from 'quiver-sql-datasource/frame';
import { type DataQuery, type DataResponse, type PluginContext, serveDataSource } from 'quiver-sql-datasource/grafana';

await serveDataSource({
  data: {
    async queryData({ pluginContext, queries }) {
      const amplitude = amplitudeOf(pluginContext);
      return new Map(queries.map((query) => [query.refId, answer(query, amplitude)]));
    },
  },
  diagnostics: {
    async checkHealth({ pluginContext }) {
      return { status: 'ok', message: `Waves are ${amplitudeOf(pluginContext)} high` };
    },
  },
});

function amplitudeOf({ dataSourceInstanceSettings }: PluginContext): number {
  const { amplitude = 1 } = parse(dataSourceInstanceSettings?.jsonData) as { amplitude?: number };
  return amplitude;
}

function answer(query: DataQuery, amplitude: number): DataResponse {
  const { periodSeconds } = parse(query.json) as { periodSeconds?: unknown };
  if (typeof periodSeconds !== 'number' || !(periodSeconds > 0)) {
    const message = `Cannot draw the wave: periodSeconds is ${JSON.stringify(periodSeconds)}, expected more than 0`;
    return { frames: [], status: 400, error: { message, source: 'downstream' } };
  }
  return { frames: [wave(query, periodSeconds, amplitude)], status: 200 };
}

function wave(
  { refId, timeRange, intervalMs, maxDataPoints }: DataQuery,
  periodSeconds: number,
  amplitude: number,
): Frame {
  const { fromMs, toMs } = timeRange;
  const stepMs = Math.ceil(Math.max(1, intervalMs, (toMs - fromMs) / (maxDataPoints || 1000)));
  const firstMs = Math.ceil(fromMs / stepMs) * stepMs;
  const timesMs = Array.from(
    { length: Math.floor((toMs - firstMs) / stepMs) + 1 },
    (_, index) => firstMs + index * stepMs,
  );
  return frameFrom(
    [
      // Grafana counts in nanoseconds.
      { name: 'time', type: 'timestamp', cells: timesMs.map((ms) => BigInt(ms) * 1_000_000n) },
      {
        name: 'value',
        type: 'float64',
        labels: { period: `${periodSeconds} s` },
        cells: timesMs.map((ms) => amplitude * Math.sin((2 * Math.PI * ms) / (periodSeconds * 1000))),
      },
    ],
    { refId, meta: { type: 'timeseries-wide', typeVersion: [0, 1] } },
  );
}

function parse(json?: Uint8Array): object {
  return JSON.parse(new TextDecoder().decode(json) || '{}');
}
