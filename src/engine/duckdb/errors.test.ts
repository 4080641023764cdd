import { sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../engine.ts';
import { fromDuckdb, parseFailure, positionIn } from './errors.ts';

const thrown = (type: string, message: string, position?: number) =>
  new Error(
    JSON.stringify({
      exception_type: type,
      exception_message: message,
      ...(position !== undefined && { position: `${position}` }),
    }),
  );

describe('fromDuckdb()', () => {
  test.each([
    ['Parser', 'sql_syntax'],
    ['Binder', 'sql_invalid'],
    ['Catalog', 'sql_invalid'],
    ['Conversion', 'sql_failed'],
    ['Invalid Input', 'sql_failed'],
    ['A type of a later version', 'sql_failed'],
    ['Out of Memory', 'memory_exceeded'],
    ['Permission', 'sql_refused'],
    ['INTERRUPT', 'cancelled'],
    ['INTERNAL', 'engine_failed'],
    ['FATAL', 'engine_failed'],
  ])('gives %s the code %s', (type, code) => {
    expect(fromDuckdb(thrown(type, 'x')).code).toBe(code);
  });

  test('keeps the first paragraph, as a sentence', () => {
    const message = 'could not do it:\n  because of that.\n\nPossible solutions:\n* Shell commands';
    expect(fromDuckdb(thrown('Conversion', message)).message).toBe('Could not do it: because of that');
  });

  test('says of a time zone that there is none, and what one looks like', () => {
    const message = `Unknown TimeZone 'Mars/Base'!\n\nCandidate time zones: "Asia/Bishkek", "Africa/Maseru"`;
    for (const type of ['Not implemented', 'Conversion']) {
      expect(fromDuckdb(thrown(type, message))).toMatchObject({
        code: 'sql_invalid',
        message: "There is no time zone 'Mars/Base'",
        hint: 'Give an IANA name, such as Europe/Berlin or UTC',
      });
    }
  });

  test('leaves out the excerpt of the statement', () => {
    expect(fromDuckdb(thrown('Binder', 'no such thing!\nLINE 1: select x\n               ^')).message).toBe(
      'No such thing!',
    );
  });

  test('leaves out the list of functions that would fit', () => {
    const message = "No function matches 'f()'.\n\tCandidate functions:\n\tf(INTEGER)\n";
    expect(fromDuckdb(thrown('Binder', message)).message).toBe("No function matches 'f()'");
  });

  test.each([
    ['limit of 1000 exceeded. Use "SET max_expression_depth TO x" to increase the depth.', 'Limit of 1000 exceeded'],
    ['limit exceeded. Use SET pivot_limit=X to increase the limit.', 'Limit exceeded'],
    [
      'no block (1 GiB used)\nDatabase is launched in in-memory mode and no temporary directory is specified.\nUnused blocks cannot be offloaded to disk.\n\nx',
      'No block (1 GiB used)',
    ],
    ["Use 'x' as SET is one", "Use 'x' as SET is one"],
  ])('leaves out advice about settings, which are locked: %s', (message, expected) => {
    expect(fromDuckdb(thrown('Binder', message)).message).toBe(expected);
  });

  test('cuts a message that repeats a long value, between characters', () => {
    const { message } = fromDuckdb(thrown('Conversion', `could not: ${'🦆 '.repeat(500_000)}${' '.repeat(500_000)}x`));
    expect([...message]).toHaveLength(1001);
    expect(message).toMatch(/^Could not: 🦆 .*…$/u);
  });

  test('takes a number out of range for the person’s fault, not for DuckDB’s', () => {
    expect(fromDuckdb(thrown('INTERNAL', 'Information loss on integer cast: value -1')).code).toBe('sql_invalid');
  });

  test('does not repeat the path of a file that may not be read', () => {
    const error = fromDuckdb(thrown('Permission', 'Cannot access file "/srv/secret/x.csv"'));
    expect(error.message).not.toContain('secret');
  });

  test('leaves hidden directories out, unless the person wrote them', () => {
    const directory = `${sep}srv${sep}data`;
    const error = thrown('Invalid Input', `broken: ${directory}${sep}x.csv`);
    expect(fromDuckdb(error, { sql: 'FROM x', hidden: [directory] }).message).toBe('Broken: x.csv');
    expect(fromDuckdb(error, { sql: `FROM '${directory}'`, hidden: [directory] }).message).toContain(directory);
  });

  test('takes an EngineError as it is, and keeps the cause of others', () => {
    const own = new EngineError('cancelled', 'x');
    expect(fromDuckdb(own)).toBe(own);
    const cause = thrown('Binder', 'x');
    expect(fromDuckdb(cause).cause).toBe(cause);
  });

  test('understands what is no JSON, and what is no error', () => {
    expect(fromDuckdb(new Error('something else'))).toMatchObject({ code: 'sql_failed', message: 'Something else' });
    expect(fromDuckdb('text')).toMatchObject({ code: 'sql_failed', message: 'Text' });
    expect(parseFailure(new Error('{"exception_type": broken')).type).toBe('');
  });

  test('finds the JSON behind a prefix', () => {
    const error = new Error(`Parser Error: ${thrown('Parser', 'syntax error', 3).message}`);
    expect(parseFailure(error)).toEqual({ type: 'Parser', message: 'syntax error', position: 3 });
  });
});

describe('positions', () => {
  test('of the parser are in characters, not bytes', () => {
    const sql = `SELECT 'ä€🦆' FROM FROM`;
    const characters = [...sql.slice(0, sql.lastIndexOf('FROM'))].length;
    expect(fromDuckdb(thrown('Parser', 'x', characters), { sql }).position).toBe(sql.lastIndexOf('FROM'));
  });

  test('are given in UTF-16 units, from bytes', () => {
    const sql = `SELECT 'ä€🦆', nope`;
    const byteOffset = Buffer.byteLength(sql.slice(0, sql.indexOf('nope')));
    expect(fromDuckdb(thrown('Binder', 'x', byteOffset), { sql }).position).toBe(sql.indexOf('nope'));
  });

  test('are shifted by what the engine has put before the statement', () => {
    const prefix = `SELECT 'ü' FROM (`;
    const offset = Buffer.byteLength(prefix) + 7;
    expect(positionIn({ sql: 'SELECT nope', prefix }, offset)).toBe(7);
  });

  test('outside of the person’s SQL are left out', () => {
    expect(positionIn({ sql: 'SELECT 1', prefix: 'SELECT ' }, 3)).toBeUndefined();
    expect(positionIn({ sql: 'SELECT 1' }, 9)).toBeUndefined();
    expect(positionIn({ sql: 'SELECT 1' }, 18446744073709552000)).toBeUndefined();
    expect(fromDuckdb(thrown('Binder', 'x'), { sql: 'SELECT 1' }).position).toBeUndefined();
  });
});
