import os from 'node:os';
import type { Broker } from '../broker.ts';
import { GoPluginError } from '../errors.ts';
import type { ReattachConfig } from '../reattach-config.ts';
import { checkConfig } from './check-config.ts';
import type { ClientConfig, ClientSet, ClientSets } from './config.ts';
import type { Exit } from './process-runner.ts';
import { RunningPlugin } from './running-plugin.ts';
import { nameOf, startPlugin } from './start.ts';
import { type ClientState, Lifecycle, type ReadyState } from './state.ts';

/** The names in any of the sets. */
export type NameIn<Set> = Set extends ClientSet ? keyof Set & string : never;

/** What the sets that have this name make under it. */
export type DispensedFrom<Set, Name extends string> = Set extends ClientSet
  ? Name extends keyof Set
    ? ReturnType<Set[Name]>
    : never
  : never;

/**
 * The host's side of one plugin, for one life: it is started, used, stopped, and not started again.
 *
 * Whatever fails, no process is left behind, nor when this process ends: at its exit, be it by an exception, and at a
 * SIGINT, SIGTERM or SIGHUP that nobody else listens to, plugins are killed. Nothing can be done where this process
 * is killed by SIGKILL: plugins that are served by this library notice it and end by themselves, Go's live on.
 *
 * The constructor throws a {@link GoPluginError} with code `config`, or `tls` for certificates, where the configuration
 * cannot work whatever the plugin does.
 */
export class Client<const Sets extends ClientSets = ClientSets> {
  /** Resolves when the plugin is gone, whoever ended it, or when its start has failed. Never rejects. */
  readonly exited: Promise<Exit>;
  readonly #config: ClientConfig<Sets>;
  readonly #lifecycle: Lifecycle;
  readonly #giveUp = new AbortController();
  readonly #gone = Promise.withResolvers<Exit>();
  #started: Promise<ReadyState> | undefined;
  #plugin: RunningPlugin | undefined;

  constructor(config: ClientConfig<Sets>) {
    checkConfig(config, process.platform);
    this.#config = config;
    this.#lifecycle = new Lifecycle(config.onStateChange);
    this.exited = this.#gone.promise;
  }

  get state(): ClientState {
    return this.#lifecycle.state;
  }

  /**
   * Starts the plugin, or reattaches to it: checksum, process, handshake, connection, health. May be called again, and then
   * gives the same promise, which rejects with a {@link GoPluginError}: no process is left then.
   */
  start(): Promise<ReadyState> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /**
   * Makes a client of what the chosen version's set has under this name; a new one for each call, all on one connection.
   * Throws with code `state` unless the plugin is ready, with `config` where the set has no such name.
   */
  dispense<Name extends NameIn<Sets[keyof Sets]>>(name: Name): DispensedFrom<Sets[keyof Sets], Name> {
    const { facts, link } = this.#readyPlugin(`dispense ${JSON.stringify(name)}`);
    const set: ClientSet = this.#config.versionedPlugins[facts.protocolVersion] ?? {};
    const make = Object.hasOwn(set, name) ? set[name] : undefined;
    if (make === undefined) {
      const names = Object.keys(set).join(', ') || 'none';
      throw new GoPluginError(
        'config',
        `Cannot dispense ${JSON.stringify(name)}: version ${facts.protocolVersion} has ${names}`,
      );
    }
    return make(link.connection, link.broker) as DispensedFrom<Sets[keyof Sets], Name>;
  }

  /**
   * Whether the plugin says that it serves (go-plugin's Ping). Rejects with code `unhealthy` where it does not say it within
   * `limitMs`, 5 s unless told, or lacks the service; with `state` unless the plugin is ready.
   */
  async health(limitMs = 5000): Promise<boolean> {
    return this.#readyPlugin('check the health').health(limitMs);
  }

  /** Further connections, by which plugin and host serve each other. Throws with code `state` unless the plugin is ready. */
  get broker(): Broker {
    return this.#readyPlugin('broker connections').link.broker;
  }

  /**
   * What another host needs to use this plugin as well. Throws with code `state` unless the plugin is ready, with `unsupported`
   * where the plugin is for this host alone: with AutoMTLS it trusts no other key, multiplexed it has no second connection.
   */
  reattachConfig(): ReattachConfig {
    const { facts } = this.#readyPlugin('tell how to reattach');
    const { autoMtls, multiplex } = this.#config;
    if (autoMtls || multiplex) {
      const why = autoMtls ? 'AutoMTLS' : 'multiplexing';
      throw new GoPluginError(
        'unsupported',
        `Cannot tell how to reattach: with ${why} the plugin serves this host only`,
      );
    }
    return { ...facts, test: this.#config.reattach?.test ?? false };
  }

  /**
   * Asks the plugin to end, waits two seconds from its answer on, then kills it (go-plugin's Kill). While the plugin
   * starts, that is given up: start() rejects with code `aborted`. One that is reattached to with `test` is only let go of. May be called
   * again, and never rejects.
   */
  stop(): Promise<Exit> {
    const { state } = this;
    if (state.kind === 'ready') {
      this.#lifecycle.move('ready', { ...state, kind: 'draining' });
      void this.#plugin?.stop();
    } else if (this.#plugin === undefined) {
      this.#giveUpStart();
    }
    return this.exited;
  }

  /** Kills the plugin at once; otherwise as {@link stop}, and possible after it. */
  kill(): Promise<Exit> {
    const { state } = this;
    if (state.kind === 'ready') {
      this.#lifecycle.move('ready', { ...state, kind: 'draining' });
    }
    if (this.#plugin === undefined) {
      this.#giveUpStart();
    } else {
      this.#plugin.kill();
    }
    return this.exited;
  }

  async #start(): Promise<ReadyState> {
    if (this.state.kind === 'exited') {
      throw new GoPluginError('aborted', `Cannot start the plugin ${nameOf(this.#config)}: it was stopped before`);
    }
    const { env, platform, arch } = process;
    const result = await startPlugin(this.#config, {
      edge: { env, platform, arch, cwd: process.cwd(), temporaryDirectory: os.tmpdir() },
      signal: this.#giveUp.signal,
      onProcess: (processId) => this.#lifecycle.move('launching', { kind: 'handshaking', processId }),
      onReady: (plugin) => this.#keep(plugin),
    });
    if (result instanceof RunningPlugin) {
      return { kind: 'ready', ...result.facts };
    }
    this.#end(result.exit, result.error);
    throw result.error;
  }

  #keep(plugin: RunningPlugin): void {
    this.#plugin = plugin;
    this.#lifecycle.move('handshaking', { kind: 'ready', ...plugin.facts });
    void plugin.exited.then((exit) => this.#end(exit, this.state.kind === 'ready' ? plugin.endError(exit) : undefined));
  }

  #giveUpStart(): void {
    if (this.#started === undefined) {
      this.#end({ code: null, signal: null });
    }
    this.#giveUp.abort();
  }

  #end(exit: Exit, error?: GoPluginError): void {
    this.#lifecycle.exit(exit, error);
    this.#gone.resolve(exit);
  }

  #readyPlugin(purpose: string): RunningPlugin {
    const { kind } = this.state;
    if (kind !== 'ready' || this.#plugin === undefined) {
      throw new GoPluginError(
        'state',
        `Cannot ${purpose}: the plugin ${nameOf(this.#config)} is not ready but ${kind}`,
      );
    }
    return this.#plugin;
  }
}
