import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes, GoPluginError, messageOf } from './errors.ts';

const sources = globSync('**/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.test.ts'] }).map((file) =>
  readFileSync(`${import.meta.dirname}/${file}`, 'utf8'),
);

// The compiler holds the other direction: a code that is not in the list cannot be raised.
test.each(Object.keys(errorCodes))('the code %s is raised somewhere', (code) => {
  expect(sources.some((source) => new RegExp(`GoPluginError\\(\\s*'${code}'`).test(source))).toBe(true);
});

test('GoPluginError keeps its code and its cause', () => {
  const cause = new Error('disk is full');
  expect(new GoPluginError('listen', 'Cannot listen', { cause })).toMatchObject({
    name: 'GoPluginError',
    code: 'listen',
    message: 'Cannot listen',
    cause,
  });
});

test('messageOf() has a sentence for whatever was thrown', () => {
  expect([messageOf(new Error('a')), messageOf('b'), messageOf(undefined)]).toEqual(['a', 'b', 'undefined']);
});
