import { sep } from 'node:path';
import { EngineError, type EngineErrorCode, type EngineErrorDetails } from '../engine.ts';

/** What DuckDB says of a failure, under its setting `errors_as_json`. */
export interface DuckdbFailure {
  /** DuckDB's ExceptionType: `Parser`, `Binder`, `Out of Memory`… Empty when the message was not JSON. */
  readonly type: string;
  readonly message: string;
  /** 0-based, in bytes of UTF-8, in the statement that DuckDB was given. */
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
  memory_exceeded: 'Aggregate or filter earlier, or raise the data source’s memory limit',
  sql_refused: 'SQL may name files only below the directories of the data source’s settings',
};

/** Turns whatever the bindings threw into an EngineError whose position lies in the person's own SQL. */
export function fromDuckdb(thrown: unknown, source?: Source): EngineError {
  if (thrown instanceof EngineError) {
    return thrown;
  }
  const failure = parseFailure(thrown);
  const code = codeOfType[failure.type] ?? 'sql_failed';
  return new EngineError(code, hide(messageOf(failure, code), source), {
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
function sentence(message: string): string {
  const [paragraph = ''] = message.trim().split(/\n\s*\n|\nLINE \d+:|\n\s*Candidate functions:/);
  const line = paragraph
    .split('\n')
    .map((part) => part.trim())
    .join(' ')
    .replace(/[.\s]+$/, '');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** Leaves the directories of the settings out of a message, unless the person wrote them. */
function hide(message: string, source: Source | undefined): string {
  const hidden = source?.hidden?.filter((directory) => !source.sql.includes(directory)) ?? [];
  return hidden.reduce((text, directory) => text.replaceAll(directory + sep, ''), message);
}

function detailsOf(failure: DuckdbFailure, code: EngineErrorCode, source: Source | undefined): EngineErrorDetails {
  const hint = hintOfCode[code];
  const position = source && failure.position !== undefined ? positionIn(source, failure.position) : undefined;
  return { ...(hint === undefined ? {} : { hint }), ...(position === undefined ? {} : { position }) };
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
