import { describe, expect, test } from 'vitest';
import { hasSecondStatement, withoutSemicolon } from './semicolon.ts';

describe('withoutSemicolon()', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['SELECT 1', 'SELECT 1'],
    ['SELECT 1;', 'SELECT 1'],
    ['SELECT 1; -- done', 'SELECT 1'],
    ['SELECT 1 ;\n/* a */ ;', 'SELECT 1 '],
    [`SELECT ';';`, `SELECT ';'`],
    [`SELECT 'it''s; here' ; -- x`, `SELECT 'it''s; here' `],
    [`SELECT e'\\';' ;`, `SELECT e'\\';' `],
    [`SELECT 'a\\';`, `SELECT 'a\\'`],
    [`SELECT note';' ;`, `SELECT note';' `],
    ['SELECT "a;b""c;" ;', 'SELECT "a;b""c;" '],
    ['SELECT $$;$$ ;', 'SELECT $$;$$ '],
    ['SELECT $tag$ ; $$ ; $tag$ ;', 'SELECT $tag$ ; $$ ; $tag$ '],
    ['SELECT $1 ; SELECT $2', 'SELECT $1 '],
    ['SELECT a$b$c ; x', 'SELECT a$b$c '],
    [`SELECT TIME '00:00:00' AS é$$;`, `SELECT TIME '00:00:00' AS é$$`],
    [`SELECT 1 AS é$$; -- $$`, `SELECT 1 AS é$$`],
    ['SELECT 1 -- ; \r + 2;', 'SELECT 1 -- ; \r + 2'],
    [`SELECT e'a'\n'\\';' ;`, `SELECT e'a'\n'\\';' `],
    ['SELECT 1 -- ; \n + 2;', 'SELECT 1 -- ; \n + 2'],
    ['SELECT 1 /* ; /* ; */ ; */ + 2;', 'SELECT 1 /* ; /* ; */ ; */ + 2'],
    [`SELECT 'open ;`, `SELECT 'open ;`],
    ['SELECT 1 /* open ;', 'SELECT 1 /* open ;'],
    ['', ''],
  ];
  test.each(cases)('%s', (sql, expected) => {
    expect(withoutSemicolon(sql)).toBe(expected);
  });
});

test.each([
  ['SELECT 1; SELECT 2', true],
  ['SELECT 1; (SELECT 2)', true],
  ['SELECT 1;; -- x', false],
  ['SELECT 1; /* x */ ;\r-- y', false],
  [`SELECT 1; 'x'`, true],
  [`SELECT 1 AS é$$; SELECT '$$'`, true],
  [`SELECT ';' -- ; x`, false],
])('hasSecondStatement() of %j is %j', (sql, expected) => {
  expect(hasSecondStatement(sql)).toBe(expected);
});
