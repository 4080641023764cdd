import { readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { parseHandshake } from '../../src/goplugin/handshake.ts';
import { Client, GoPluginError } from '../../src/goplugin/index.ts';
import { chooseSeed, Random } from '../random.ts';
import { brokenLine, goodLine } from './fuzz-handshake-lines.ts';
import { processesIn } from './leaks-scenario.ts';
import { createDirectory, fixture, handshake } from './processes.ts';

// Others may use the machine as well.
vi.setConfig({ testTimeout: 120_000 });

const seed = chooseSeed();
const versionedPlugins = Object.fromEntries(Array.from({ length: 100 }, (_, version) => [version, {}]));

/** What is wrong with what came of a line, if anything is. */
function flawOf(line: string): string | undefined {
  try {
    const { protocolVersion, network, address, serverCert, multiplex } = parseHandshake(line);
    const port = Number(/:(\d+)$/.exec(address)?.[1] ?? Number.NaN);
    const rules: Readonly<Record<string, boolean>> = {
      protocolVersion: Number.isSafeInteger(protocolVersion) && protocolVersion >= 0,
      network: network === 'unix' || network === 'tcp',
      address: network === 'unix' ? address !== '' : port <= 65535,
      serverCert: serverCert === undefined || (serverCert instanceof Uint8Array && serverCert.length > 30),
      multiplex: multiplex === undefined || typeof multiplex === 'boolean',
    };
    return Object.keys(rules).find((name) => !rules[name]);
  } catch (error) {
    return error instanceof GoPluginError && error.message.length < 2000 ? undefined : String(error).slice(0, 100);
  }
}

describe(`handshake lines (seed ${seed})`, () => {
  test('10,000 of them are read, or refused with an error that is not long', () => {
    const random = new Random(seed);
    const lines = Array.from({ length: 10_000 }, () => brokenLine(random));
    const flaws = lines.flatMap((line) => {
      const flaw = flawOf(line);
      return flaw === undefined ? [] : [{ flaw, line: line.slice(0, 100) }];
    });
    const readable = lines.filter((line) => !throws(line)).length;
    console.log(
      `Handshake lines, seed ${seed}: ${lines.length} in all, ${readable} of them readable, ${flaws.length} misread`,
    );
    expect(flaws.slice(0, 10)).toEqual([]);
    expect(readable).toBeGreaterThan(500);
  });

  test('a good one is always read', () => {
    const random = new Random(seed);
    const lines = Array.from({ length: 1000 }, () => goodLine(random));
    expect(lines.filter(throws)).toEqual([]);
  });

  test('48 of them, printed by real plugins, end the start with an error of the library, and leave nothing', async () => {
    const random = new Random(seed);
    const directory = createDirectory();
    const outcomes: Record<string, number> = {};
    const start = async () => {
      const line = Buffer.from(lineForNobodyElse(random)).toString('base64');
      const client = new Client({
        command: process.execPath,
        args: [fixture('fuzz-says'), line],
        env: { TMPDIR: directory },
        unixSocket: { directory },
        handshake,
        versionedPlugins,
        startTimeoutMs: 5000,
      });
      const thrown = await client.start().catch((error) => error);
      await client.kill();
      const code = thrown instanceof GoPluginError ? thrown.code : `${line}: ${JSON.stringify(thrown)}`;
      outcomes[code] = (outcomes[code] ?? 0) + 1;
    };
    for (let round = 0; round < 6; round++) {
      await Promise.all(Array.from({ length: 8 }, start));
    }
    console.log(`Handshake lines by 48 processes, seed ${seed}: ${JSON.stringify(outcomes)}`);
    const known = ['handshake', 'unsupported', 'version', 'tls', 'unreachable', 'timeout'];
    expect(Object.keys(outcomes).filter((code) => !known.includes(code))).toEqual([]);
    expect(processesIn(directory)).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });
});

/** One that sends the host to no other machine, and that an argument of a process can hold. */
function lineForNobodyElse(random: Random): string {
  const line = brokenLine(random).slice(0, 30_000);
  const leadsAway = /\|tcp\|/.test(line) && !/\|tcp\|127\.0\.0\.1:\d{1,3}\|/.test(line);
  return leadsAway ? lineForNobodyElse(random) : line;
}

function throws(line: string): boolean {
  try {
    parseHandshake(line);
    return false;
  } catch {
    return true;
  }
}
