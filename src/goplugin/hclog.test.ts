import { describe, expect, test } from 'vitest';
import { createLogger, formatTimestamp, type LoggerOptions, levels, parseRecord, silentLogger } from './hclog.ts';

const now = () => new Date('2026-01-02T03:04:05.678Z');

function collect(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({ name: 'quiver', now, write: (line) => lines.push(line), ...options });
  return { logger, lines };
}

describe('createLogger()', () => {
  test('writes one line with the four names that hosts look for', () => {
    const { logger, lines } = collect();
    logger.info('Ready', { port: 1 });
    expect(lines).toEqual([
      '{"@level":"info","@message":"Ready","@module":"quiver","@timestamp":"2026-01-02T03:04:05.678000Z","port":1}\n',
    ]);
  });

  test.each(levels)('names its level: %s', (level) => {
    const { logger, lines } = collect({ level: 'trace' });
    logger[level]('x');
    expect(JSON.parse(lines.join(''))).toMatchObject({ '@level': level });
  });

  test('leaves out what is below its level, which is debug unless told', () => {
    const { logger, lines } = collect();
    logger.trace('no');
    logger.debug('yes');
    const quiet = collect({ level: 'error' });
    quiet.logger.warn('no');
    quiet.logger.error('yes');
    expect(lines).toHaveLength(1);
    expect(quiet.lines).toHaveLength(1);
  });

  test('keeps text with line ends and quotes on one line', () => {
    const { logger, lines } = collect();
    logger.warn('a\nb\r"c"', { sql: 'select\n1' });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ '@message': 'a\nb\r"c"', sql: 'select\n1' });
  });

  test('adds fields and names to those of its parent, which keeps its own', () => {
    const { logger, lines } = collect();
    logger.with({ a: 1 }).named('query').with({ b: 2 }).info('x', { a: 3 });
    logger.info('y');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ '@module': 'quiver.query', a: 3, b: 2 }),
      { '@level': 'info', '@message': 'y', '@module': 'quiver', '@timestamp': '2026-01-02T03:04:05.678000Z' },
    ]);
  });

  // A host written in Go panics where one of the four is no string.
  test('never lets a field take the place of one of the four names', () => {
    const { logger, lines } = collect();
    logger.info('x', { '@message': 1, '@level': {}, '@timestamp': null, '@module': 2 });
    expect(parseRecord(lines.join(''))).toMatchObject({ message: 'x', level: 'info', module: 'quiver' });
  });

  test('writes a message as text, even where the types were not obeyed', () => {
    const { logger, lines } = collect();
    logger.info(42 as unknown as string);
    logger.info(undefined as unknown as string);
    expect(lines.map((line) => JSON.parse(line)['@message'])).toEqual(['42', 'undefined']);
  });

  test('stays below the 64 KiB that a host reads as one line', () => {
    const { logger, lines } = collect();
    logger.error(
      'x'.repeat(1_000_000),
      Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 'ü'.repeat(1e5)])),
    );
    const line = lines.join('');
    expect(Buffer.byteLength(line)).toBeLessThan(64 * 1024);
    expect(JSON.parse(line)).toMatchObject({ '@level': 'error', droppedFields: expect.arrayContaining(['f0', 'f1']) });
  });
});

test('silentLogger takes everything and says nothing', () => {
  const logger = silentLogger.named('x').with({ y: 1 });
  for (const level of levels) {
    expect(logger[level]('message', { z: 2 })).toBeUndefined();
  }
});

test.each(['2026-01-02T03:04:05.678Z', '1970-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'])(
  'formatTimestamp() gives %s exactly six decimals',
  (iso) => {
    expect(formatTimestamp(new Date(iso))).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(new Date(formatTimestamp(new Date(iso))).toISOString()).toBe(iso);
  },
);

describe('parseRecord()', () => {
  test('reads what createLogger() wrote', () => {
    const { logger, lines } = collect();
    logger.warn('Slow', { ms: 12 });
    expect(parseRecord(lines.join(''))).toEqual({
      level: 'warn',
      message: 'Slow',
      module: 'quiver',
      timestamp: now(),
      fields: { ms: 12 },
    });
  });

  test.each(['WARN', ' warn '])('knows the level %j, as hosts in Go do', (level) => {
    const line = JSON.stringify({ '@level': level, '@message': 'x', '@timestamp': '2026-01-02T03:04:05.678000Z' });
    expect(parseRecord(line)).toMatchObject({ level: 'warn' });
  });

  test('reads a record of a Go plugin with an offset in its time', () => {
    const line =
      '{"@level":"debug","@message":"plugin address","@module":"x","@timestamp":"2026-01-02T05:04:05.678901+02:00","network":"unix"}';
    expect(parseRecord(line)).toMatchObject({ timestamp: now(), fields: { network: 'unix' } });
  });

  test.each([
    ['text', 'panic: oh no'],
    ['broken JSON', '{"@level":"info"'],
    ['JSON that is no object', '[1]'],
    ['JSON without the four names', '{"level":"info","msg":"x"}'],
    ['an unknown level', '{"@level":"loud","@message":"x","@timestamp":"2026-01-02T03:04:05.678000Z"}'],
    ['a message that is no text', '{"@level":"info","@message":1,"@timestamp":"2026-01-02T03:04:05.678000Z"}'],
    ['a time that is none', '{"@level":"info","@message":"x","@timestamp":"yesterday"}'],
    ['a time that is a number', '{"@level":"info","@message":"x","@timestamp":0}'],
  ])('takes %s for a plain line', (_, line) => {
    expect(parseRecord(line)).toBeUndefined();
  });
});
