import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { fillPluginJson } from './plugin-json.ts';

const template = readFileSync(join(import.meta.dirname, '../plugin.json'), 'utf8');

test('fillPluginJson() writes the version and the day, in UTC, and leaves no blank', () => {
  const filled = JSON.parse(fillPluginJson(template, '1.2.3', new Date('2026-03-04T23:59:59.999Z')));
  expect(filled.info).toMatchObject({ version: '1.2.3', updated: '2026-03-04' });
  expect(JSON.stringify(filled)).not.toContain('%');
});

test('fillPluginJson() refuses a template without the blanks', () => {
  expect(() => fillPluginJson('{}', '1.2.3', new Date(0))).toThrow('Cannot fill plugin.json: it has no %VERSION%');
});

// The part that we use of Grafana's schema for plugin.json (docs/sources/developers/plugins/plugin.schema.json), which refuses other keys.
const pluginSchema = z.strictObject({
  $schema: z.url(),
  type: z.literal('datasource'),
  name: z.string(),
  id: z.string().regex(/^[0-9a-z]+-([0-9a-z]+-)?datasource$/),
  category: z.enum(['tsdb', 'logging', 'cloud', 'tracing', 'profiling', 'sql', 'enterprise', 'iot', 'other']),
  backend: z.boolean(),
  executable: z.string(),
  metrics: z.boolean(),
  annotations: z.boolean(),
  alerting: z.boolean(),
  logs: z.boolean(),
  tracing: z.boolean(),
  streaming: z.boolean(),
  includes: z.array(z.strictObject({ type: z.literal('dashboard'), name: z.string(), path: z.string() })),
  queryOptions: z.strictObject({ maxDataPoints: z.boolean(), minInterval: z.boolean() }),
  info: z.strictObject({
    description: z.string(),
    author: z.strictObject({ name: z.string() }),
    keywords: z.array(z.string()).min(1),
    logos: z.strictObject({ small: z.string().endsWith('.svg'), large: z.string().endsWith('.svg') }),
    links: z.array(z.strictObject({ name: z.string(), url: z.url() })),
    screenshots: z.array(z.strictObject({ name: z.string(), path: z.string() })),
    version: z.string().regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)/),
    updated: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  }),
  dependencies: z.strictObject({
    grafanaDependency: z.string().regex(/^>=\d+\.\d+\.\d+$/),
    plugins: z.array(z.never()),
  }),
});

test("plugin.json, filled in, keeps to Grafana's schema", () => {
  const filled = JSON.parse(fillPluginJson(template, '1.2.3', new Date(0)));
  expect(() => pluginSchema.parse(filled)).not.toThrow();
});

test('plugin.json bears the names that Grafana finds the backend by', () => {
  expect(JSON.parse(template)).toMatchObject({
    id: 'quiver-sql-datasource',
    type: 'datasource',
    backend: true,
    executable: 'gpx_quiver',
  });
});
