import type { Env } from '../env.ts';
import { type ErrorCode, GoPluginError, messageOf } from '../errors.ts';
import { parseHandshake } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import { PeerSockets } from '../peer-sockets.ts';
import { findOddity } from './find-oddity.ts';
import type { Hints } from './hints.ts';
import { atHostEnd } from './host-end.ts';
import type { Link } from './link.ts';
import type { Exit, PluginProcess } from './process-runner.ts';
import type { FirstLine } from './read-first-line.ts';
import type { SocketDirectory } from './socket-directory.ts';
import { describeExit, endError, startError } from './start-error.ts';
import type { StartGuard } from './start-guard.ts';
import { StderrLog } from './stderr-log.ts';
import { within } from './within.ts';

/** What the process around it gives to a start. */
export interface HostEdge {
  readonly env: Env;
  readonly cwd: string;
  readonly temporaryDirectory: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

export interface AttemptOptions {
  /** The plugin's command, or where it was to be found. */
  readonly name: string;
  /** What to do about it, for the codes that this is known of. */
  readonly hints: Hints;
  readonly logger: Logger;
  readonly guard: StartGuard;
  readonly edge: HostEdge;
  readonly onProcess: (processId: number) => void;
}

/** The executable that was to be started. */
export interface Executable {
  readonly file: string;
  readonly cwd: string;
}

// A plugin that says something wrong is often about to end, and its exit code and its log then say why.
const lastWordsLimitMs = 250;

/** Reasons for which nothing is left to be learnt from the process. */
const finalCodes: readonly ErrorCode[] = ['aborted', 'timeout', 'exited'];
/** Reasons behind which a bad executable may stand. */
const codesOfExecutables: readonly ErrorCode[] = ['spawn', 'exited', 'handshake'];
/** Reasons behind which the process's end stands, if it has ended. */
const codesOfSilence: readonly ErrorCode[] = ['unreachable', 'unhealthy'];

/** How far one start has come: what its error can tell, and what has to be undone. */
export class Attempt {
  readonly logger: Logger;
  readonly guard: StartGuard;
  readonly edge: HostEdge;
  readonly stderr: StderrLog;
  /** The plugin's, which are removed when it is gone. */
  readonly sockets: PeerSockets;
  readonly #name: string;
  readonly #hints: Hints;
  readonly #onProcess: (processId: number) => void;
  executable: Executable | undefined;
  socketDirectory: SocketDirectory | undefined;
  stdout: FirstLine | undefined;
  link: Link | undefined;
  #process: PluginProcess | undefined;
  #forgetHostEnd: (() => void) | undefined;

  constructor({ name, hints, logger, guard, edge, onProcess }: AttemptOptions) {
    this.#name = name;
    this.#hints = hints;
    this.logger = logger;
    this.guard = guard;
    this.edge = edge;
    this.stderr = new StderrLog(logger);
    this.sockets = new PeerSockets(logger);
    this.#onProcess = onProcess;
  }

  /** Takes the process, whose end from now on ends the start. */
  begin(process: PluginProcess): void {
    this.#process = process;
    void process.exited.then((exit) => {
      this.guard.fail(new GoPluginError('exited', `it ${describeExit(exit)} before it was ready`));
    });
    this.#onProcess(process.processId);
  }

  /** For a plugin that this host's end will end: its sockets are removed then. To be called before its process starts, which is ended first. */
  endWithHost(): void {
    this.#forgetHostEnd = atHostEnd(() => this.sockets.removeAll());
  }

  /** Undoes all that was done, and makes the error of what was thrown. */
  async abandon(thrown: unknown): Promise<{ readonly error: GoPluginError; readonly exit: Exit }> {
    const reason =
      thrown instanceof GoPluginError ? thrown : new GoPluginError('spawn', messageOf(thrown), { cause: thrown });
    const ownExit = await this.#ownExit(reason.code);
    const exit = await this.#undo();
    const error = await this.#describe(reason, ownExit);
    return { error, exit };
  }

  /** Removes what a process that is gone may have left. */
  removeRest(): void {
    this.#forgetHostEnd?.();
    this.sockets.removeAll();
    this.socketDirectory?.remove();
  }

  /** The error of an end that nobody has asked for, once the plugin was ready. */
  endError(exit: Exit): GoPluginError {
    return endError(exit, { name: this.#name, stderr: this.stderr.lastLines });
  }

  async #ownExit(code: ErrorCode): Promise<Exit | undefined> {
    const limitMs = finalCodes.includes(code) ? 0 : lastWordsLimitMs;
    return this.#process === undefined ? undefined : within(limitMs, this.#process.exited);
  }

  async #undo(): Promise<Exit> {
    this.link?.close();
    this.#process?.abandon();
    const exit = await this.#process?.exited;
    this.#readLateHandshake();
    this.removeRest();
    return exit ?? { code: null, signal: null };
  }

  // A plugin that is killed because nobody waits for it any more may have opened its socket by then.
  #readLateHandshake(): void {
    try {
      this.sockets.add(parseHandshake(this.stdout?.soFar() ?? ''));
    } catch {
      // Most of them have said nothing yet.
    }
  }

  async #describe(reason: GoPluginError, ownExit: Exit | undefined): Promise<GoPluginError> {
    const { executable, stdout, stderr } = this;
    const hasEnded = ownExit !== undefined && codesOfSilence.includes(reason.code);
    const { code, message, cause } = reason;
    const why = hasEnded
      ? new GoPluginError('exited', `it ${describeExit(ownExit)} right after its handshake: ${message}`, { cause })
      : reason;
    const oddity =
      executable !== undefined && codesOfExecutables.includes(code)
        ? await findOddity(executable.file, { ...this.edge, cwd: executable.cwd })
        : undefined;
    const words = {
      name: this.#name,
      oddity,
      firstLine: stdout?.soFar(),
      exit: why.code === 'exited' ? undefined : ownExit,
      stderr: stderr.lastLines,
    };
    return startError(why, words, this.#hints[why.code]);
  }
}
