import { expect, test } from 'vitest';
import { QuiverDataSource } from './datasource.ts';
import { plugin } from './module.ts';

test('module.js gives Grafana a data source and its editors', () => {
  expect(plugin.DataSourceClass).toBe(QuiverDataSource);
  expect(plugin.components).toMatchObject({ ConfigEditor: expect.anything(), QueryEditor: expect.anything() });
});
