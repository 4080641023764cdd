import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EngineError, engineErrorCodes } from '../engine/engine.ts';
import { QueryError, queryErrorCodes } from '../query/errors.ts';
import { DatasourceError, datasourceErrorCodes, errorTable, failureFrom } from './errors.ts';

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
    expect(failureFrom(error)).toEqual({
      code: 'sql_syntax',
      status: 400,
      source: 'downstream',
      text: 'Cannot parse. Close the bracket',
      position: 7,
    });
  });

  test('reads the errors of every layer', () => {
    const errors = [new QueryError('macro_unknown', 'No'), new DatasourceError('timeout', 'Late')];
    expect(errors.map((error) => failureFrom(error).text)).toEqual(['No', 'Late']);
  });

  test.each([[new TypeError('at /home/secret')], ['a string'], [undefined]])(
    'shows nothing of %s, which nobody foresaw',
    (thrown) => {
      const failure = failureFrom(thrown);
      expect([failure.code, failure.status, failure.source]).toEqual(['internal', 500, 'plugin']);
      expect(failure.text).not.toContain('secret');
    },
  );
});
