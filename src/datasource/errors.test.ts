import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EngineError, engineErrorCodes } from '../engine/engine.ts';
import { QueryError, queryErrorCodes } from '../query/errors.ts';
import { DatasourceError, datasourceErrorCodes, errorTable, failureFrom } from './errors.ts';

const ignore = () => {};

describe('errorTable', () => {
  test('has exactly the codes that the layers throw', () => {
    expect(Object.keys(errorTable).sort()).toEqual(
      [...engineErrorCodes, ...queryErrorCodes, ...datasourceErrorCodes].sort(),
    );
  });

  test('says of every code what docs/troubleshooting.md says, and of no other', () => {
    const page = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\w+) \|/gm)].map(
      ([, code, status, source]) => [code, { status: Number(status), source }] as const,
    );
    expect(Object.fromEntries(documented)).toEqual(errorTable);
  });
});

describe('failureFrom()', () => {
  test('joins the hint to the message, and keeps the position', () => {
    const error = new EngineError('sql_syntax', 'Cannot parse', { hint: 'Close the bracket', position: 7 });
    expect(failureFrom(error, ignore)).toEqual({
      code: 'sql_syntax',
      status: 400,
      source: 'downstream',
      message: 'Cannot parse',
      hint: 'Close the bracket',
      text: 'Cannot parse. Close the bracket',
      position: 7,
    });
  });

  test('reports what is our own, and nothing else', () => {
    const reported: unknown[] = [];
    const ours = new EngineError('engine_failed', 'Broken');
    const theirs = [new EngineError('sql_syntax', 'No'), new DatasourceError('too_many_queries', 'Wait')];
    for (const error of [ours, ...theirs]) {
      failureFrom(error, (failure) => reported.push(failure));
    }
    expect(reported).toEqual([ours]);
  });

  test('reads the errors of every layer', () => {
    const errors = [new QueryError('macro_unknown', 'No'), new DatasourceError('timeout', 'Late')];
    expect(errors.map((error) => failureFrom(error, ignore).text)).toEqual(['No', 'Late']);
  });

  test.each([[new TypeError('at /home/secret')], ['a string'], [undefined]])(
    'shows nothing of %s, which nobody foresaw',
    (thrown) => {
      const reported: unknown[] = [];
      const failure = failureFrom(thrown, (error) => reported.push(error));
      expect(reported).toEqual([thrown]);
      expect([failure.code, failure.status, failure.source]).toEqual(['internal', 500, 'plugin']);
      expect(failure.text).not.toContain('secret');
    },
  );
});
