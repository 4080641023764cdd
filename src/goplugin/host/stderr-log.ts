import { type Level, type Logger, parseRecord } from '../hclog.ts';

const keptLines = 20;
const maxKeptLength = 500;

/** By which a plain line of a plugin's log tells its level (go-plugin client.go, logStderr). */
const prefixes: Readonly<Record<string, Level>> = {
  '[TRACE]': 'trace',
  '[DEBUG]': 'debug',
  '[INFO]': 'info',
  '[WARN]': 'warn',
  '[ERROR]': 'error',
};

/**
 * Gives the lines of a plugin's stderr to the host's log, and remembers the last of them for an error's sentence. A line
 * in hclog's JSON becomes a record with its fields; any other a plain one, of the level that it begins with, `debug` if
 * with none. After the first words of a Go program's panic, what has no level belongs to its stack trace: errors all.
 */
export class StderrLog {
  readonly #logger: Logger;
  readonly #lastLines: string[] = [];
  #isInPanic = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Takes a line, or a piece of one that is too long to be more than plain text. */
  add(line: string, isPiece: boolean): void {
    this.#lastLines.push(printable(line));
    this.#lastLines.splice(0, this.#lastLines.length - keptLines);
    if (isPiece) {
      this.#logger.debug(line);
      return;
    }
    const record = parseRecord(line);
    if (record === undefined) {
      this.#logger[this.#levelOf(line)](line);
      return;
    }
    const { level, message, module, timestamp, fields } = record;
    this.#logger[level](message, { ...fields, module, timestamp });
  }

  /** The last twenty lines, cut, and without characters that would act on a terminal. */
  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  #levelOf(line: string): Level {
    const level = Object.entries(prefixes).find(([prefix]) => line.startsWith(prefix))?.[1];
    if (level !== undefined) {
      return level;
    }
    this.#isInPanic ||= line.startsWith('panic: ') || line.startsWith('fatal error: ');
    return this.#isInPanic ? 'error' : 'debug';
  }
}

function printable(line: string): string {
  const cut = line.length > maxKeptLength ? `${line.slice(0, maxKeptLength)}…` : line;
  return cut.replace(/\p{Cc}/gu, (character) =>
    character === '\t' ? character : JSON.stringify(character).slice(1, -1),
  );
}
