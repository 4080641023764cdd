import { expect, test } from 'vitest';
import { createLogger } from '../hclog.ts';
import { StderrLog } from './stderr-log.ts';

function create() {
  const records: Record<string, unknown>[] = [];
  const logger = createLogger({ name: 'host', level: 'trace', write: (line) => records.push(JSON.parse(line)) });
  return { log: new StderrLog(logger), records };
}

test('StderrLog passes a record on at its own level, with its fields', () => {
  const { log, records } = create();
  const plugin = createLogger({ name: 'plugin', write: (line) => log.add(line.trimEnd()) });
  plugin.error('Broken', { table: 't' });
  expect(records).toEqual([
    expect.objectContaining({ '@level': 'error', '@message': 'Broken', table: 't', module: 'plugin' }),
  ]);
});

test('StderrLog takes any other line for a plain one', () => {
  const { log, records } = create();
  log.add('Segmentation fault');
  expect(records).toEqual([expect.objectContaining({ '@level': 'debug', '@message': 'Segmentation fault' })]);
});

test('StderrLog remembers the last twenty lines', () => {
  const log = new StderrLog(undefined);
  expect(log.describe()).toBe('');
  for (let index = 0; index < 100; index++) {
    log.add(`line ${index}`);
  }
  expect(log.describe().split('\n').slice(1)).toEqual(Array.from({ length: 20 }, (_, index) => `line ${80 + index}`));
});
