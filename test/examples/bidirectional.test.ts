import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Command, goProgram, nodeProgram, run } from './programs.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const goExample = 'github.com/hashicorp/go-plugin/examples/bidirectional';
const host = nodeProgram('bidirectional/host.ts');
const plugin = nodeProgram('bidirectional/plugin.ts');
let goHost: Command;
let goPlugin: Command;

/** Where the plugins keep their numbers. */
let cwd: string;

beforeAll(() => {
  goHost = goProgram('bidirectional-host', goExample);
  goPlugin = goProgram('bidirectional-plugin', `${goExample}/plugin-go-grpc`);
});

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'quiver-counter-'));
});

afterEach(() => {
  rmSync(cwd, { recursive: true });
});

/** go-plugin's host hands the plugin's command to a shell. */
function runGoHost(args: readonly string[], command: Command) {
  const env = { ...process.env, COUNTER_PLUGIN: command.join(' ') };
  return run([...goHost, ...args], { cwd, env });
}

describe('the counter', () => {
  test('adds by its host, and keeps the sum from one start to the next', async () => {
    const first = await run([...host, 'apples', '40', ...plugin], { cwd });
    const second = await run([...host, 'apples', '2', ...plugin], { cwd });
    expect(first).toEqual({ stdout: '40\n', stderr: '', code: 0 });
    expect(second).toEqual({ stdout: '42\n', stderr: '', code: 0 });
  });

  test("lets go-plugin's own plugin in Go call the host", async () => {
    await run([...host, 'apples', '40', ...goPlugin], { cwd });
    expect(await run([...host, 'apples', '2', ...goPlugin], { cwd })).toEqual({ stdout: '42\n', stderr: '', code: 0 });
  });

  test("calls go-plugin's own host in Go, and nobody complains", async () => {
    const unworried = expect.not.stringMatching(/\[(WARN|ERROR)\]/);
    for (const number of ['40', '2']) {
      const put = await runGoHost(['put', 'pears', number], plugin);
      expect(put).toEqual({ stdout: '', stderr: unworried, code: 0 });
    }
    const get = await runGoHost(['get', 'pears'], plugin);
    expect(get).toEqual({ stdout: '42\n', stderr: unworried, code: 0 });
  });

  test('leaves a file alone that holds no number of its own', async () => {
    const file = join(cwd, 'kv_apples');
    writeFileSync(file, 'Golden Delicious');
    const { stdout, stderr, code } = await run([...host, 'apples', '40', ...plugin], { cwd });
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toContain('is not valid JSON');
    expect(readFileSync(file, 'utf8')).toBe('Golden Delicious');
  });

  test('says why there is no number under a key', async () => {
    const { stdout, code } = await runGoHost(['get', 'nothing'], plugin);
    expect([stdout, code]).toEqual([expect.stringContaining('no such file'), 1]);
  });
});
