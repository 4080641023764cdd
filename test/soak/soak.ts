import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGrafanaHost } from '../../scripts/grafana-host.ts';
import { Random } from '../random.ts';
import { type Action, actions, type World } from './actions.ts';
import { Files } from './files.ts';

export interface SoakOptions {
  readonly executable: string;
  readonly minutes: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface SoakResult {
  /** How often each action was done. */
  readonly done: ReadonlyMap<string, number>;
  /** Everything that was not as it should be. */
  readonly failures: readonly string[];
  /** Mean resident bytes in the first and in the last third of the time. */
  readonly firstThirdBytes: number;
  readonly lastThirdBytes: number;
  readonly peakBytes: number;
  /** Open descriptors of the idle process, after each action was done once and at the end. */
  readonly descriptorsBefore: number;
  readonly descriptorsAfter: number;
}

/** As many users at once. */
const lanes = 4;
const sampleEveryMs = 1000;
const reportEveryMs = 60_000;
/** What an idle process needs to have closed everything that it closes. */
const restMs = 3000;

/** Does everything that users do, for so long, and watches the process's memory and descriptors. Linux only: it reads /proc. */
export async function soak({ executable, minutes, seed, log }: SoakOptions): Promise<SoakResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-soak-')));
  try {
    const files = await Files.make(folder);
    const host = await startGrafanaHost(executable, { GF_PLUGIN_ALLOWED_DIRECTORIES: files.directory });
    let version = 0;
    const world: World = { host, files, random: new Random(seed), nextVersion: () => ++version };
    const run = new Run(world, log);
    try {
      for (const action of actions) {
        await run.do(action);
      }
      await sleep(restMs);
      const descriptorsBefore = descriptorsOf(host.processId);
      const samples = await work(run, host.processId, minutes * 60_000, log);
      await sleep(restMs);
      return {
        ...run.result,
        ...summaryOf(samples),
        descriptorsBefore,
        descriptorsAfter: descriptorsOf(host.processId),
      };
    } finally {
      await host.stop().catch((error: Error) => run.fail('stop', error));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function work(run: Run, processId: number, durationMs: number, log: (line: string) => void): Promise<number[]> {
  const end = performance.now() + durationMs;
  const samples: number[] = [];
  const sample = setInterval(() => samples.push(residentBytesOf(processId)), sampleEveryMs);
  const report = setInterval(
    () => log(`${run.total} done, ${run.result.failures.length} failures, ${formatMb(samples.at(-1))}`),
    reportEveryMs,
  );
  const lane = async () => {
    while (performance.now() < end) {
      await run.doAny();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane)).finally(() => {
    clearInterval(sample);
    clearInterval(report);
  });
  return samples;
}

class Run {
  readonly #world: World;
  readonly #log: (line: string) => void;
  readonly #done = new Map<string, number>();
  readonly #failures: string[] = [];

  constructor(world: World, log: (line: string) => void) {
    this.#world = world;
    this.#log = log;
  }

  get total(): number {
    return [...this.#done.values()].reduce((sum, count) => sum + count, 0);
  }

  get result(): Pick<SoakResult, 'done' | 'failures'> {
    return { done: this.#done, failures: this.#failures };
  }

  doAny(): Promise<void> {
    const total = actions.reduce((sum, { weight }) => sum + weight, 0);
    let rest = this.#world.random.next() * total;
    const chosen = actions.find(({ weight }) => {
      rest -= weight;
      return rest < 0;
    });
    return this.do(chosen ?? (actions[0] as Action));
  }

  async do(action: Action): Promise<void> {
    try {
      await action.run(this.#world);
    } catch (error) {
      this.fail(action.name, error as Error);
    }
    this.#done.set(action.name, (this.#done.get(action.name) ?? 0) + 1);
  }

  fail(what: string, error: Error): void {
    this.#failures.push(`${what}: ${error.message}`);
    this.#log(`FAILED ${what}: ${error.message}`);
  }
}

function summaryOf(samples: readonly number[]): Pick<SoakResult, 'firstThirdBytes' | 'lastThirdBytes' | 'peakBytes'> {
  const third = Math.ceil(samples.length / 3);
  return {
    firstThirdBytes: mean(samples.slice(0, third)),
    lastThirdBytes: mean(samples.slice(-third)),
    peakBytes: samples.reduce((most, bytes) => Math.max(most, bytes), 0),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function residentBytesOf(processId: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function descriptorsOf(processId: number): number {
  return readdirSync(`/proc/${processId}/fd`).length;
}

export function formatMb(bytes = 0): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
