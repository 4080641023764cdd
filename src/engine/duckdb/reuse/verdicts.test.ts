import { describe, expect, test } from 'vitest';
import type { Admission } from '../gate/gate.ts';
import type { KnownNames } from './known-names.ts';
import { Verdicts } from './verdicts.ts';

const none: ReadonlySet<string> = new Set();
const known: KnownNames = { tables: none, fileTables: none, others: none, macros: none };
const admit = (): Admission => ({ tables: none, files: [], fileLikeTables: [], expansions: 0 });

describe('Verdicts', () => {
  test('remember what the gate let through', () => {
    const verdicts = new Verdicts();
    expect(verdicts.recall('SELECT 1')).toBeUndefined();
    const verdict = verdicts.judge('SELECT 1', known, admit);
    expect(verdicts.recall('SELECT 1')).toBe(verdict);
    expect(verdicts.recall('SELECT  1')).toBeUndefined();
  });

  test('remember nothing that the gate refused', () => {
    const verdicts = new Verdicts();
    const refuse = () => {
      throw new Error('refused');
    };
    expect(() => verdicts.judge('SELECT getenv()', known, refuse)).toThrow('refused');
    expect(verdicts.recall('SELECT getenv()')).toBeUndefined();
  });

  test('forget the one that was not used for longest, at 256', () => {
    const verdicts = new Verdicts();
    for (let i = 0; i < 256; i++) {
      verdicts.judge(`SELECT ${i}`, known, admit);
    }
    verdicts.recall('SELECT 0');
    verdicts.judge('SELECT 256', known, admit);
    const kept = ['SELECT 0', 'SELECT 1', 'SELECT 2', 'SELECT 256'].map((sql) => verdicts.recall(sql) !== undefined);
    expect(kept).toEqual([true, false, true, true]);
  });

  test('hold at most a megabyte of text', () => {
    const verdicts = new Verdicts();
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(400_000)) as [string, string, string];
    for (const sql of [a, b, c]) {
      verdicts.judge(sql, known, admit);
    }
    expect([a, b, c].map((sql) => verdicts.recall(sql) !== undefined)).toEqual([false, true, true]);
    const tooLong = 'd'.repeat(1024 * 1024 + 1);
    verdicts.judge(tooLong, known, admit);
    expect([c, tooLong].map((sql) => verdicts.recall(sql) !== undefined)).toEqual([true, false]);
  });
});
