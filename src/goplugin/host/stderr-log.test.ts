import { describe, expect, test } from 'vitest';
import { createLogger, silentLogger } from '../hclog.ts';
import { StderrLog } from './stderr-log.ts';

function create() {
  const records: Record<string, unknown>[] = [];
  const logger = createLogger({ name: 'host', level: 'trace', write: (line) => records.push(JSON.parse(line)) });
  return { log: new StderrLog(logger), records };
}

describe('StderrLog', () => {
  test('passes a record on at its own level, with its fields', () => {
    const { log, records } = create();
    const plugin = createLogger({ name: 'plugin', write: (line) => log.add(line.trimEnd(), false) });
    plugin.error('Broken', { table: 't' });
    expect(records).toEqual([
      expect.objectContaining({ '@level': 'error', '@message': 'Broken', table: 't', module: 'plugin' }),
    ]);
  });

  test.each([
    ['[TRACE] a', 'trace'],
    ['[DEBUG] a', 'debug'],
    ['[INFO] a', 'info'],
    ['[WARN]  a', 'warn'],
    ['[ERROR] a', 'error'],
    ['[NOTICE] a', 'debug'],
    ['Segmentation fault', 'debug'],
    ['{"@level":"error","@message":42}', 'debug'],
    ['{"level":"error"}', 'debug'],
    ['{', 'debug'],
    ['', 'debug'],
  ])('gives the plain line %j the level %s', (line, level) => {
    const { log, records } = create();
    log.add(line, false);
    expect(records).toEqual([expect.objectContaining({ '@level': level, '@message': line })]);
  });

  test.each(['panic: no disk', 'fatal error: all goroutines are asleep'])(
    'takes what follows %j for a trace',
    (line) => {
      const { log, records } = create();
      for (const each of ['before', line, 'goroutine 1 [running]:', '[INFO] another goroutine', 'main.main()']) {
        log.add(each, false);
      }
      expect(records.map((record) => record['@level'])).toEqual(['debug', 'error', 'error', 'info', 'error']);
    },
  );

  test('takes a piece of a line for text, whatever it looks like', () => {
    const { log, records } = create();
    log.add('[ERROR] of a line that is too long', true);
    expect(records).toEqual([expect.objectContaining({ '@level': 'debug' })]);
  });

  test('remembers the last twenty lines', () => {
    const log = new StderrLog(silentLogger);
    expect(log.lastLines).toEqual([]);
    for (let index = 0; index < 100; index++) {
      log.add(`line ${index}`, false);
    }
    expect(log.lastLines).toEqual(Array.from({ length: 20 }, (_, index) => `line ${80 + index}`));
  });

  test('remembers no more of a line than a person reads, and nothing that acts on a terminal', () => {
    const log = new StderrLog(silentLogger);
    log.add('x'.repeat(65_536), true);
    log.add('\u001b[31mred\tagain\u0007', false);
    expect(log.lastLines).toEqual([`${'x'.repeat(500)}…`, '\\u001b[31mred\tagain\\u0007']);
  });
});
