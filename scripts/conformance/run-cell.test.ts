import { describe, expect, test } from 'vitest';
import { processesWith } from './left-behind.ts';
import { type CellRun, runCell } from './run-cell.ts';

const cell = { host: 'fake', plugin: 'none', network: 'unix', autoMtls: false };
const result = { ...cell, check: 'start', status: 'pass', message: '', milliseconds: 1 };

/** A host that is this program. */
function run(program: string, signal = new AbortController().signal): Promise<CellRun> {
  const host = [process.execPath, '-e', program, '--'] as const;
  return runCell({ cell, checks: ['start'], host, plugin: ['plugin', '--its-own'] }, signal);
}

describe('runCell()', () => {
  test('tells what the host has found out', async () => {
    const { results, problems } = await run(`console.log('${JSON.stringify(result)}')`);
    expect([results, problems]).toEqual([[result], []]);
  });

  test('gives the host its cell, the checks and the command of the plugin', async () => {
    const { stderr } = await run('console.error(process.argv.slice(1).join(" "))');
    expect(stderr).toBe('--plugin none --network unix --auto-mtls false --checks start -- plugin --its-own\n');
  });

  test('says of a line that it is no result', async () => {
    const { problems } = await run('console.log("hello")');
    expect(problems).toEqual(['the host printed a line that is no result: hello']);
  });

  test('says with which code a host ended', async () => {
    const { problems } = await run('process.exit(3)');
    expect(problems).toEqual(['the host ended with code 3']);
  });

  test('says why a host does not start', async () => {
    const host = ['/no/such/host'] as const;
    const { problems } = await runCell({ cell, checks: [], host, plugin: ['plugin'] }, new AbortController().signal);
    expect(problems).toEqual(['the host does not start: spawn /no/such/host ENOENT']);
  });

  test('ends a host that does not end when it is told to stop', async () => {
    const stopped = new AbortController();
    const running = run('console.error("running"); setInterval(() => undefined, 1000)', stopped.signal);
    stopped.abort();
    expect((await running).problems).toEqual(['the host ended with SIGKILL']);
  });

  test('names a process that the host has left behind, and ends it, even one in a session of its own', async () => {
    const { problems, stderr } = await run(`
      const options = { detached: true, stdio: 'inherit' };
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 1, 1000)'], options);
      console.error(process.env.INTEROP_CELL);
      child.unref();
    `);
    expect(problems).toEqual([expect.stringMatching(/^process \d+ was left behind$/)]);
    expect(processesWith(`INTEROP_CELL=${stderr.trim()}`)).toEqual([]);
  }, 30_000);
});
