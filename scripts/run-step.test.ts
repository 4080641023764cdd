import { expect, test, vi } from 'vitest';
import { printResult, runStep, summaryLine } from './run-step.ts';

test('runStep() passes what exits with 0, and keeps both of its outputs', async () => {
  const script = "console.log('out'); console.error('err')";
  const result = await runStep({ name: 'any', command: ['node', '-e', script] });
  expect(result).toMatchObject({ passed: true, stdout: 'out\n', stderr: 'err\n' });
});

test('runStep() fails what exits otherwise', async () => {
  expect(await runStep({ name: 'any', command: ['node', '-e', 'process.exit(3)'] })).toMatchObject({ passed: false });
});

test('runStep() fails what a signal ended', async () => {
  const script = "process.kill(process.pid, 'SIGKILL')";
  expect(await runStep({ name: 'any', command: ['node', '-e', script] })).toMatchObject({ passed: false });
});

test('runStep() fails a program that is not there, and says so', async () => {
  const result = await runStep({ name: 'any', command: ['quiver-no-such-program'] });
  expect(result.passed).toBe(false);
  expect(result.stderr).toContain('Cannot start quiver-no-such-program');
});

test('runStep() runs on the Node of node_modules, in the folder and with the variables that the step names', async () => {
  const script = 'console.log(process.version, require("node:path").basename(process.cwd()), process.env.QUIVER_STEP)';
  const { stdout } = await runStep({
    name: 'any',
    command: ['node', '-e', script],
    cwd: 'scripts',
    env: { QUIVER_STEP: 'x' },
  });
  expect(stdout).toBe(`${process.version} scripts x\n`);
});

test('summaryLine() says how a step went and how long it took', () => {
  const result = { passed: false, stdout: '', stderr: '', seconds: 12.34 };
  expect(summaryLine('types', result)).toBe('FAILED  types                    12.3 s');
});

test('printResult() shows what a step tells, and nothing of what else was printed, where it passed', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const result = { passed: true, stdout: 'first\nin step, by protoc\n', stderr: 'noise', seconds: 1 };
  printResult({ name: 'silent', command: ['node'] }, result);
  printResult({ name: 'stubs', command: ['node'], tells: true }, result);
  const lines = log.mock.calls.map(([line]) => line);
  log.mockRestore();
  expect(lines).toEqual([summaryLine('silent', result), summaryLine('stubs', result), '        in step, by protoc']);
});
