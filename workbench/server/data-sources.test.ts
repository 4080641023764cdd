import { describe, expect, test } from 'vitest';
import { DataSources, toSettings } from './data-sources.ts';

const first = { uid: 'a', name: 'A', jsonData: { engine: 'duckdb' }, secureJsonData: { token: 'secret' } };

describe('DataSources', () => {
  test('grows the time of change with each save, however quickly they come', () => {
    const sources = new DataSources([first]);
    const times = [sources.get('a'), sources.save('a', {}), sources.save('a', {})].map(({ updatedMs }) => updatedMs);
    expect(times).toEqual([...new Set(times)].sort());
  });

  test('keeps secrets that a save does not name', () => {
    const sources = new DataSources([first]);
    expect(sources.save('a', { jsonData: {}, secureJsonData: { other: 'x' } })).toMatchObject({
      jsonData: {},
      secureJsonData: { token: 'secret', other: 'x' },
    });
  });

  test('does not save a provisioned one', () => {
    const sources = new DataSources([{ ...first, readOnly: true }]);
    expect(() => sources.save('a', { name: 'B' })).toThrow('provisioned');
    expect(sources.get('a').name).toBe('A');
  });

  test('names secrets to the page and does not tell them', () => {
    const settings = toSettings(new DataSources([first]).get('a'), 'quiver-sql-datasource');
    expect(settings).toMatchObject({ secureJsonFields: { token: true } });
    expect(JSON.stringify(settings)).not.toContain('secret');
  });
});
