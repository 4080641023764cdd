import { GoPluginError } from '../errors.ts';
import type { Exit } from './process-runner.ts';

/** What is known of a plugin that failed. */
export interface LastWords {
  /** Its command, or where it was to be found. */
  readonly name: string;
  /** What it said on stdout, as far as it came. */
  readonly firstLine?: string | undefined;
  /** How it ended by itself. */
  readonly exit?: Exit | undefined;
  /** A sentence about its file. */
  readonly oddity?: string | undefined;
  readonly stderr: readonly string[];
}

/** The reasons that steps of a start throw begin small, since they all come to stand here; those of the parsers do not. */
export function startError(reason: GoPluginError, words: LastWords, hint: string | undefined): GoPluginError {
  const why = reason.message.replace(/^Cannot /, 'cannot ');
  const sentence = `Cannot start the plugin ${words.name}: ${why}${hint === undefined ? '' : `. ${hint}`}`;
  return new GoPluginError(reason.code, [sentence, ...describe(words)].join('\n'), { cause: reason.cause });
}

/** For a plugin that was ready. */
export function endError(exit: Exit, words: LastWords): GoPluginError {
  const sentence = `The plugin ${words.name} ${describeExit(exit)}, which nobody had asked for`;
  return new GoPluginError('exited', [sentence, ...describe(words)].join('\n'));
}

/** `ended with code 1`, `ended by SIGKILL`; of a process that this host did not start, it only knows that it ended. */
export function describeExit({ code, signal }: Exit): string {
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  return code === null && signal === null ? 'ended' : `ended ${how}`;
}

const maxLineLength = 200;

function describe({ firstLine, exit, oddity, stderr }: LastWords): string[] {
  const lines: string[] = [];
  if (oddity !== undefined) {
    lines.push(oddity);
  }
  if (firstLine !== undefined && firstLine !== '') {
    const cut = firstLine.length > maxLineLength ? `${firstLine.slice(0, maxLineLength)}…` : firstLine;
    lines.push(`Its first line on stdout: ${JSON.stringify(cut)}`);
  }
  if (exit !== undefined) {
    lines.push(`It ${describeExit(exit)}`);
  }
  if (stderr.length > 0) {
    lines.push('Its last lines on stderr:', ...stderr);
  }
  return lines;
}
