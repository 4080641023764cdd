import { expect, test } from 'vitest';
import { start } from './processes.ts';

test('a plugin with a logger of its own has nobody else write its log', async () => {
  const { child, exited, firstLine, stderr } = start('own-logger', { GREETER_COOKIE: 'hello' });
  await firstLine;
  child.kill('SIGTERM');
  expect(await exited).toEqual({ code: 0, signal: null });
  const lines = stderr().trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line.replace(/^mine: /, '')))).toEqual([
    expect.objectContaining({ '@module': 'mine', '@message': 'The plugin ends' }),
  ]);
});
