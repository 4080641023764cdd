import { toJson } from './json-value.ts';
import { writeToStderr } from './stderr.ts';

/** From the least to the most urgent. */
export const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];
export type Fields = Readonly<Record<string, unknown>>;

/** A structured logger. Values of fields may be anything: what JSON does not know becomes text. */
export interface Logger {
  trace(message: string, fields?: Fields): void;
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** A logger that adds these fields to each record. */
  with(fields: Fields): Logger;
  /** A logger whose module is `parent.name`. */
  named(name: string): Logger;
}

export interface LoggerOptions {
  /** The records' `@module`. */
  readonly name: string;
  /** Called once for each record, with one line and its end. Writes to the real stderr unless given, also where `syncStderr` captures that. */
  readonly write?: (line: string) => void;
  /** The least level that is written; `debug` unless told. */
  readonly level?: Level;
  readonly now?: () => Date;
}

/**
 * A logger in go-hclog's JSON format, one record a line, which a go-plugin host reads from the plugin's stderr.
 * The host is strict: a `@timestamp` without six decimals makes the line a plain one, and a `@message`, `@level` or
 * `@timestamp` that is not a string makes it panic (go-plugin log_entry.go).
 */
export function createLogger(options: LoggerOptions): Logger {
  return loggerWith(options, {});
}

function loggerWith(options: LoggerOptions, own: Fields): Logger {
  const { write = writeToStderr, name, level: least = 'debug', now = () => new Date() } = options;
  const log =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      if (levels.indexOf(level) >= levels.indexOf(least)) {
        write(formatRecord({ level, message, module: name, timestamp: now(), fields: { ...own, ...fields } }));
      }
    };
  return {
    trace: log('trace'),
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    with: (fields) => loggerWith(options, { ...own, ...fields }),
    named: (child) => loggerWith({ ...options, name: `${name}.${child}` }, own),
  };
}

/** Writes nothing. */
export const silentLogger: Logger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLogger,
  named: () => silentLogger,
};

export interface LogRecord {
  readonly level: Level;
  readonly message: string;
  readonly module: string;
  readonly timestamp: Date;
  readonly fields: Fields;
}

// A host reads its plugin's stderr in pieces of 64 KiB and takes what is longer for plain text (go-plugin client.go).
const maxLineByteLength = 60_000;
const maxMessageLength = 8_192;

function formatRecord(record: LogRecord): string {
  const line = stringify(record);
  if (Buffer.byteLength(line) <= maxLineByteLength) {
    return line;
  }
  const names = Object.keys(record.fields);
  return stringify({ ...record, fields: { droppedFields: names.slice(0, 20), reason: 'The record was too long' } });
}

function stringify({ level, message, module, timestamp, fields }: LogRecord): string {
  const record: Record<string, unknown> = {
    '@level': level,
    '@message': cut(String(message)),
    '@module': cut(String(module)),
    '@timestamp': formatTimestamp(timestamp),
  };
  for (const [key, value] of Object.entries(fields)) {
    // A field must not take the place of one of the four above.
    record[key.startsWith('@') ? `_${key}` : key] = toJson(value);
  }
  return `${JSON.stringify(record)}\n`;
}

function cut(text: string): string {
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}…` : text;
}

/** With exactly six decimals, as hosts want it; JavaScript's clock fills three of them. */
export function formatTimestamp(date: Date): string {
  return date.toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}

/** A line of a plugin's stderr as a record; undefined for a line that is no hclog record, which is plain text. */
export function parseRecord(line: string): LogRecord | undefined {
  const value = line.startsWith('{') ? parseObject(line) : undefined;
  if (value === undefined) {
    return undefined;
  }
  const {
    '@level': levelName,
    '@message': message,
    '@module': module = '',
    '@timestamp': timestamp,
    ...fields
  } = value;
  const level = parseLevel(levelName);
  const date = new Date(typeof timestamp === 'string' ? timestamp : Number.NaN);
  if (
    level === undefined ||
    typeof message !== 'string' ||
    typeof module !== 'string' ||
    Number.isNaN(date.getTime())
  ) {
    return undefined;
  }
  return { level, message, module, timestamp: date, fields };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

// Whatever its case and the space around it (go-hclog, LevelFromString).
function parseLevel(value: unknown): Level | undefined {
  const name = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return levels.find((level) => level === name);
}
