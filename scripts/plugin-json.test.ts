import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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

test('plugin.json bears the names that Grafana finds the backend by', () => {
  expect(JSON.parse(template)).toMatchObject({
    id: 'quiver-sql-datasource',
    type: 'datasource',
    backend: true,
    executable: 'gpx_quiver',
  });
});
