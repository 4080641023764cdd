import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { JsonLevels, LevelCounter, maxJsonLevels } from './json-levels.ts';

const nested = (levels: number) => '[{"a": '.repeat(levels / 2) + '}]'.repeat(levels / 2);
const isTooDeep = (text: string, chunk = text.length) => {
  const counter = new LevelCounter();
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += chunk) {
    counter.add(bytes.subarray(i, i + chunk));
  }
  return counter.isTooDeep;
};

describe('LevelCounter', () => {
  test('counts lists and objects up to the limit, wherever chunks end', () => {
    for (const chunk of [1, 2, 7, 1_000_000]) {
      expect(isTooDeep(nested(maxJsonLevels), chunk)).toBe(false);
      expect(isTooDeep(nested(maxJsonLevels + 2), chunk)).toBe(true);
      expect(isTooDeep(`"${'[\\"[\\\\'.repeat(maxJsonLevels)}"`, chunk)).toBe(false);
    }
  });

  test('is not fooled by brackets that close nothing, or by a string that is left open', () => {
    expect(isTooDeep(`${']'.repeat(5000)}${nested(maxJsonLevels + 2)}`)).toBe(true);
    expect(isTooDeep(`"${']'.repeat(5000)}\n${nested(maxJsonLevels + 2)}`)).toBe(true);
    expect(isTooDeep(`[1]\n`.repeat(5000))).toBe(false);
  });
});

describe('JsonLevels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quiver-levels-'));
  const path = join(folder, 'x.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('looks through a file once for each of its versions', async () => {
    const levels = new JsonLevels(async () => []);
    let looks = 0;
    const find = () => levels.findDeep(path, false, () => looks++);
    writeFileSync(path, nested(10));
    expect(await find()).toBeUndefined();
    const first = looks;
    expect(await find()).toBeUndefined();
    expect(looks - first).toBeLessThan(first);
    writeFileSync(path, nested(maxJsonLevels + 2));
    expect([await find(), await find()]).toEqual([path, path]);
  });

  test('looks at a pattern’s files, and at a file of its name', async () => {
    writeFileSync(path, nested(maxJsonLevels + 2));
    expect(await new JsonLevels(async () => [path]).findDeep('/nowhere/*', true, () => {})).toBe(path);
    expect(await new JsonLevels(() => Promise.reject(new Error('no'))).findDeep(path, true, () => {})).toBe(path);
  });

  test('stops when it is told to, and leaves it to others to say what cannot be read', async () => {
    const levels = new JsonLevels(async () => []);
    let looks = 0;
    const stop = () => {
      if (++looks > 1) {
        throw new Error('stopped');
      }
    };
    await expect(levels.findDeep(path, false, stop)).rejects.toThrow('stopped');
    expect(await levels.findDeep(folder, false, () => {})).toBeUndefined();
    expect(await levels.findDeep(join(folder, 'none'), false, () => {})).toBeUndefined();
  });
});
