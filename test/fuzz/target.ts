import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataSource, type GrafanaHost, startGrafanaHost } from '../../scripts/grafana-host.ts';
import { makeSamples, samplePath } from '../../scripts/make-samples.ts';
import { processExists } from '../../src/goplugin/process-exists.ts';

/** The executable with a data source of sample files, started anew where something has ended it. */
export class Target {
  readonly #executable: string;
  readonly #folder: string;
  #starting: Promise<GrafanaHost> | undefined;
  #host: GrafanaHost | undefined;
  #starts = 0;

  private constructor(executable: string, folder: string) {
    this.#executable = executable;
    this.#folder = folder;
  }

  static async make(executable: string): Promise<Target> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-fuzz-')));
    await makeSamples(folder, { rows: 600 });
    return new Target(executable, folder);
  }

  /** How often it had to be started again. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  /**
   * @param id another one has an engine of its own
   * @param updatedMs a higher one has the engine opened anew
   */
  source(id = 1, updatedMs = 0): DataSource {
    const table = (name: string, format: 'csv' | 'json' | 'parquet') => ({
      name,
      path: samplePath(this.#folder, format),
    });
    const duckdb = {
      database: samplePath(this.#folder, 'duckdb'),
      tables: [table('readings_csv', 'csv'), table('readings_json', 'json'), table('readings_parquet', 'parquet')],
      directories: [this.#folder],
      memoryLimit: '256MiB',
      threads: 1,
    };
    return { id, updatedMs, settings: { engine: 'duckdb', duckdb, limits: { rows: 1000, timeoutSeconds: 5 } } };
  }

  /** One process, however many ask for it at once. */
  host(): Promise<GrafanaHost> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Whether the process that was started last is there. */
  get isAlive(): boolean {
    return this.#host !== undefined && processExists(this.#host.processId);
  }

  /** Lets go of a process, which may be dead already. */
  async drop(): Promise<void> {
    await this.#host?.stop().catch(() => {});
    this.#host = undefined;
    this.#starting = undefined;
  }

  async close(): Promise<void> {
    await this.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<GrafanaHost> {
    this.#starts++;
    const env = { GF_PLUGIN_ALLOWED_DIRECTORIES: this.#folder };
    this.#host = await startGrafanaHost(this.#executable, env, true);
    return this.#host;
  }
}
