import { type Logger, parseRecord } from '../hclog.ts';

const keptLines = 20;

/** Gives the lines of a plugin's stderr to the host's log, and remembers the last of them for an error's sentence. */
export class StderrLog {
  readonly #logger: Logger | undefined;
  readonly #lastLines: string[] = [];

  constructor(logger: Logger | undefined) {
    this.#logger = logger;
  }

  add(line: string): void {
    this.#lastLines.push(line);
    this.#lastLines.splice(0, this.#lastLines.length - keptLines);
    const record = parseRecord(line);
    if (record === undefined) {
      // What is no record may be anything, a stack trace or a native library's chatter (go-plugin client.go).
      this.#logger?.debug(line);
      return;
    }
    const { level, message, module, timestamp, fields } = record;
    this.#logger?.[level](message, { ...fields, module, timestamp });
  }

  /** What an error adds about the plugin's last words; empty where it said none. */
  describe(): string {
    return this.#lastLines.length === 0 ? '' : `; its last lines on stderr:\n${this.#lastLines.join('\n')}`;
  }
}
