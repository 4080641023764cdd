import { basename, sep } from 'node:path';
import { shorten } from '../../sql/shorten.ts';
import { EngineError, type EngineErrorCode, type EngineErrorDetails } from '../engine.ts';

/** What DuckDB says of a failure, under its setting `errors_as_json`. */
export interface DuckdbFailure {
  /** DuckDB's ExceptionType: `Parser`, `Binder`, `Out of Memory`… Empty when the message was not JSON. */
  readonly type: string;
  readonly message: string;
  /** 0-based, in the statement that DuckDB was given: in bytes of UTF-8, but its parser counts characters. */
  readonly position?: number;
}

/** How a statement that DuckDB runs relates to what the person wrote. */
export interface Source {
  readonly sql: string;
  /** What the engine has put before it. */
  readonly prefix?: string;
  /** And after it. */
  readonly suffix?: string;
  /** Directories that its errors leave out: viewers read them. */
  readonly hidden?: readonly string[];
}

/** DuckDB's exception types and our codes; whatever is missing here is `sql_failed`. */
const codeOfType: Readonly<Record<string, EngineErrorCode>> = {
  Parser: 'sql_syntax',
  Syntax: 'sql_syntax',
  Binder: 'sql_invalid',
  Catalog: 'sql_invalid',
  'Invalid Type': 'sql_invalid',
  'Mismatch Type': 'sql_invalid',
  'Not implemented': 'sql_invalid',
  'Missing Extension': 'sql_invalid',
  'Extension Autoloading': 'sql_invalid',
  'Parameter Not Resolved': 'sql_invalid',
  'Parameter Not Allowed': 'sql_invalid',
  Permission: 'sql_refused',
  'Out of Memory': 'memory_exceeded',
  INTERRUPT: 'cancelled',
  INTERNAL: 'engine_failed',
  FATAL: 'engine_failed',
  TransactionContext: 'engine_failed',
};

const hintOfCode: Partial<Record<EngineErrorCode, string>> = {
  memory_exceeded:
    'Aggregate or filter earlier, or raise the data source’s memory limit; whoever runs Grafana can let it use more disk (temporary_directory, max_temporary)',
  sql_refused: 'SQL may name files only below the directories of the data source’s settings',
};

/** What DuckDB advises and nobody can follow: its settings are locked, its own views closed. */
const advice: readonly RegExp[] = [
  /\s*\bUse ["']?(?:SET|PRAGMA) .*?(?:\.(?=\s|$)|$)/g,
  /\s*\bDatabase is launched in in-memory mode.*?(?:\.(?=\s|$)|$)/g,
  /\s*\bUnused blocks cannot be offloaded to disk\.?/g,
  /\s*\bTo enable temporary buffer eviction .*$/g,
  // It may be a view of DuckDB's own; catalog/nearest-name.ts knows better.
  /(?<=^Table with name .+ does not exist)! Did you mean ".+?"\?/g,
  /\s*\bBy default, this setting utilizes the available disk space .*$/g,
];
/** A message may repeat a value of megabytes. In characters. */
const maxMessage = 1000;

const zoneHint = 'Give an IANA name, such as Europe/Berlin or UTC';

/** Turns whatever the bindings threw into an EngineError whose position lies in the person's own SQL. */
export function fromDuckdb(thrown: unknown, source?: Source): EngineError {
  if (thrown instanceof EngineError) {
    return thrown;
  }
  const failure = parseFailure(thrown);
  const zone = /^Unknown TimeZone ('.*')!/.exec(failure.message)?.[1];
  if (zone !== undefined) {
    return new EngineError('sql_invalid', `There is no time zone ${zone}`, { hint: zoneHint, cause: thrown });
  }
  const code = codeOf(failure);
  return new EngineError(code, shortMessage(hide(messageOf(failure, code), source)), {
    ...detailsOf(failure, code, source),
    cause: thrown,
  });
}

/** Reads `{"exception_type": …}`, which DuckDB sometimes precedes with `Parser Error: `; other text stays as it is. */
export function parseFailure(thrown: unknown): DuckdbFailure {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const start = text.indexOf('{"exception_type"');
  if (start < 0) {
    return { type: '', message: text };
  }
  try {
    const json = JSON.parse(text.slice(start)) as Record<string, string>;
    const failure = { type: json.exception_type ?? '', message: json.exception_message ?? text };
    return json.position === undefined ? failure : { ...failure, position: Number(json.position) };
  } catch {
    return { type: '', message: text };
  }
}

function codeOf({ type, message }: DuckdbFailure): EngineErrorCode {
  // An argument out of range, which DuckDB itself takes for its own fault.
  if (type === 'INTERNAL' && message.startsWith('Information loss on integer cast')) {
    return 'sql_invalid';
  }
  return codeOfType[type] ?? 'sql_failed';
}

function messageOf(failure: DuckdbFailure, code: EngineErrorCode): string {
  switch (code) {
    case 'cancelled':
      return 'The query was cancelled';
    case 'engine_failed':
      return `DuckDB failed: ${sentence(failure.message)}`;
    case 'sql_refused':
      // DuckDB would tell the whole path.
      return 'The query reads a file that this data source may not read';
    default:
      return sentence(failure.message);
  }
}

/** DuckDB's first paragraph as one sentence without its stop; what follows are advice for its own shell and an excerpt of the statement. */
export function sentence(message: string): string {
  // Far more than is shown, and little enough for patterns that cost the square of it.
  const [paragraph = ''] = message
    .slice(0, 8 * maxMessage)
    .trim()
    .split(/\n\s*\n|\nLINE \d+:|\n\s*Candidate functions:/);
  const line = paragraph
    .split('\n')
    .map((part) => part.trim())
    .join(' ');
  const followed = advice.reduce((text, pattern) => text.replace(pattern, ''), line);
  return withoutStop(followed.charAt(0).toUpperCase() + followed.slice(1));
}

/** A message, cut where it repeats a long value. */
export function shortMessage(text: string): string {
  return shorten(text, maxMessage);
}

/** A hint may follow, behind a stop of our own. */
export function withoutStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

/** Leaves the directories of the settings out of a message, unless the person wrote them. */
function hide(message: string, source: Source | undefined): string {
  const hidden = source?.hidden?.filter((directory) => !source.sql.includes(directory)) ?? [];
  return hidden.reduce(
    (text, directory) => text.replaceAll(directory + sep, '').replaceAll(`"${directory}"`, `"${basename(directory)}"`),
    message,
  );
}

function detailsOf(failure: DuckdbFailure, code: EngineErrorCode, source: Source | undefined): EngineErrorDetails {
  const hint = hintOfCode[code];
  const position = source && failure.position !== undefined ? positionOf(failure, failure.position, source) : undefined;
  return { ...(hint === undefined ? {} : { hint }), ...(position === undefined ? {} : { position }) };
}

function positionOf({ type }: DuckdbFailure, position: number, source: Source): number | undefined {
  return type === 'Parser' || type === 'Syntax' ? positionOfCharacter(source, position) : positionIn(source, position);
}

/** From characters (code points) in the statement to UTF-16 units in the person's SQL; undefined outside of it. */
export function positionOfCharacter(source: Source, characterOffset: number): number | undefined {
  const offset = characterOffset - Array.from(source.prefix ?? '').length;
  const characters = Array.from(source.sql);
  return offset < 0 || offset > characters.length ? undefined : characters.slice(0, offset).join('').length;
}

/** From bytes in the statement to UTF-16 units in the person's SQL; undefined outside of it. */
export function positionIn(source: Source, byteOffset: number): number | undefined {
  const offset = byteOffset - Buffer.byteLength(source.prefix ?? '');
  const bytes = Buffer.from(source.sql);
  if (offset < 0 || offset > bytes.length) {
    return undefined;
  }
  return bytes.subarray(0, offset).toString().length;
}
