/** What a host makes of plugins that answer nonsense. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { Client } from '../../src/goplugin/index.ts';
import { chooseSeed } from '../random.ts';
import type { HostReport } from './fixtures/fuzz-host.ts';
import { processesIn } from './leaks-scenario.ts';
import { createDirectory, fixture, handshake } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 240_000 });

const seed = chooseSeed();

/** Runs the host as a process, so that nothing but itself is measured, and nobody else catches what it does not. */
async function runHost(messages: number): Promise<HostReport> {
  const host = spawn(process.execPath, [fixture('fuzz-host'), JSON.stringify({ seed, messages })], {
    env: { TMPDIR: createDirectory() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  host.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  await new Promise((resolve) => host.once('close', resolve));
  return JSON.parse(stdout) as HostReport;
}

describe(`a host (seed ${seed})`, () => {
  test('takes 10,000 broken messages of plugins and goes on with each', async () => {
    const { messages, plugins, brokered, health, flaws, before, after } = await runHost(10_000);
    console.log(
      `Host, seed ${seed}: ${messages} messages of ${plugins} plugins, ${brokered} brokered calls came through, ` +
        `health ${JSON.stringify(health)}, ${before.heapMiB} → ${after.heapMiB} MiB of heap, ` +
        `${before.fds} → ${after.fds} fds`,
    );
    expect(flaws).toEqual([]);
    expect(messages).toBeGreaterThanOrEqual(10_000);
    expect(brokered).toBeGreaterThan(100);
    expect(health.unhealthy).toBeGreaterThan(100);
    expect(after.heapMiB - before.heapMiB).toBeLessThan(8);
    expect(after.fds).toBe(before.fds);
  });

  test('ends 40 plugins that answer nonsense when they are asked to end, and leaves nothing', async () => {
    const directory = createDirectory();
    const exits: Record<string, number> = {};
    const meet = async (index: number) => {
      const client = new Client({
        command: process.execPath,
        args: [fixture('fuzz-plugin'), String(seed + index)],
        env: { TMPDIR: directory },
        handshake,
        versionedPlugins: { 1: {} },
      });
      await client.start();
      const { code, signal } = await client.stop();
      const how = String(signal ?? code);
      exits[how] = (exits[how] ?? 0) + 1;
    };
    for (let round = 0; round < 2; round++) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => meet(20 * round + index)));
    }
    console.log(`Host, seed ${seed}: 40 plugins that answer nonsense when asked to end: ${JSON.stringify(exits)}`);
    expect(Object.keys(exits).filter((how) => how !== '0' && how !== 'SIGKILL')).toEqual([]);
    expect(processesIn(directory)).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });
});
