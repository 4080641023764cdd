import type { ChildProcess } from 'node:child_process';
import { Client, type HandshakeConfig } from 'quiver-sql-datasource/goplugin';
import { handshake, versions } from '../contract.ts';
import {
  type Heard,
  type HostClient,
  hostConfig,
  nothingHeard,
  openSession,
  recordsOf,
  type Session,
} from './session.ts';

export interface CellOptions {
  readonly command: readonly string[];
  readonly network: string;
  readonly autoMtls: boolean;
  /** Where the sockets of both sides are. */
  readonly directory: string;
}

/** How a start differs from the usual. */
export interface StartOptions {
  /** All of the plugin's unless given. */
  readonly versions?: readonly number[];
  readonly cookie?: string;
  readonly multiplex?: boolean;
}

/** One plugin on one network, with AutoMTLS or without. */
export class Cell {
  readonly network: string;
  readonly directory: string;
  /** Keeps every other check from waiting for the same. */
  hasNotStarted = false;
  readonly #options: CellOptions;
  readonly #clients: HostClient[] = [];
  readonly #processes: ChildProcess[] = [];
  #shared: Promise<Session> | undefined;
  #lastHeard: Heard | undefined;

  constructor(options: CellOptions) {
    this.#options = options;
    this.network = options.network;
    this.directory = options.directory;
  }

  /** The plugin's command with the arguments of this cell. */
  get command(): readonly [command: string, ...args: string[]] {
    const [command = '', ...args] = this.#options.command;
    return [command, ...args, '--network', this.network];
  }

  /** A client that has not been started. */
  newClient(options: StartOptions = {}): { client: HostClient; heard: Heard } {
    const [command, ...args] = this.command;
    const heard = nothingHeard();
    const cookie: HandshakeConfig = { ...handshake, magicCookieValue: options.cookie ?? handshake.magicCookieValue };
    const client = new Client({
      ...hostConfig(options.versions ?? versions, heard),
      handshake: cookie,
      command,
      args,
      autoMtls: this.#options.autoMtls,
      multiplex: options.multiplex ?? false,
      startTimeoutMs: 9000,
    });
    this.#clients.push(client);
    this.#lastHeard = heard;
    return { client, heard };
  }

  /** Lets a plugin of its own do something, and stops it. */
  async withPlugin(options: StartOptions, use: (session: Session) => Promise<void>): Promise<void> {
    const { client, heard } = this.newClient(options);
    try {
      await use(await openSession(client, heard));
    } finally {
      await client.stop();
    }
  }

  /** The plugin of those checks that need none of their own. */
  async sharedSession(): Promise<Session> {
    const shared = await this.#shared?.catch(() => undefined);
    if (shared?.client.state.kind === 'ready') {
      this.#lastHeard = shared.heard;
      return shared;
    }
    const { client, heard } = this.newClient();
    this.#shared = openSession(client, heard);
    return this.#shared;
  }

  /** Takes a process that has to be gone with this cell. */
  keep(process: ChildProcess): void {
    this.#processes.push(process);
  }

  killAll(): void {
    for (const client of this.#clients) {
      void client.kill();
    }
    for (const process of this.#processes) {
      process.kill('SIGKILL');
    }
  }

  async close(): Promise<void> {
    const shared = await this.#shared?.catch(() => undefined);
    await shared?.client.stop();
    this.killAll();
  }

  /** Of the plugin that was used last, for who reads about a failure. */
  lastWords(): string {
    const records = this.#lastHeard === undefined ? [] : recordsOf(this.#lastHeard);
    return records
      .slice(-20)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('');
  }
}
