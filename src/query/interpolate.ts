import type { Fill } from '../model/query.ts';
import { splitArguments } from '../sql/arguments.ts';
import { type Region, SqlLexer } from '../sql/lexer.ts';
import { counted } from './counted.ts';
import { QueryError } from './errors.ts';
import type { Step } from './interval.ts';
import { formatTime } from './macros/format-time.ts';
import { findMacro, frontendMacros, nearestMacro } from './macros/index.ts';
import {
  type Expansion,
  type FilteredTable,
  type FunctionMacro,
  type MacroContext,
  type ScalarMacro,
  signatureOf,
} from './macros/macro.ts';

export type { MacroContext } from './macros/macro.ts';

/** SQL that an engine understands, and what its macros ask of the result's shape. */
export interface ExpandedSql {
  readonly sql: string;
  /** From the first macro that has a fill; it wins over the query's own. */
  readonly fill?: Fill;
  /** The grid of the macro that gave the fill, else of the first that groups by time. */
  readonly step?: Step;
  /** Tables that `$__adHocFilters` names, and where it stands in the person's SQL. */
  readonly adHocTables: readonly AdHocTable[];
  /** Where each part came from, in order, without gaps. */
  readonly segments: readonly Segment[];
}

/** `length` characters of the expanded SQL from `start` on: copied from offset `source`, or in place of what stands there. */
export interface Segment {
  readonly start: number;
  readonly length: number;
  readonly source: number;
  readonly copied: boolean;
}

export interface AdHocTable extends FilteredTable {
  readonly position: number;
}

/** Macros within macros' arguments, so that no text can exhaust the stack. */
const maxDepth = 32;
const minTimeMs = Date.parse('0001-01-01T00:00:00.000Z');
const maxTimeMs = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Expands Grafana's macros. Words such as `$__interval` and `${__from}` expand wherever they stand but in comments, calls such as
 * `$__timeFilter(t)` in code alone. What looks like a word but is none stays.
 *
 * @throws QueryError `macro_unknown` or `macro_arguments` with its position, `time_range_invalid`
 */
export function expandMacros(sql: string, context: MacroContext): ExpandedSql {
  checkTime(context.fromMs);
  checkTime(context.toMs);
  const source: Source = { lexer: new SqlLexer(sql), context, expansions: [], dollar: { from: 0, at: -1 } };
  const parts: string[] = [];
  const segments: Segment[] = [];
  let start = 0;
  expandRange(source, 0, sql.length, 0, (text, from, copied) => {
    parts.push(text);
    segments.push({ start, length: text.length, source: from, copied });
    start += text.length;
  });
  const grouping = source.expansions.find(({ fill }) => fill) ?? source.expansions.find(({ step }) => step);
  return {
    sql: parts.join(''),
    segments,
    adHocTables: source.expansions.flatMap(({ adHocTable, at }) =>
      adHocTable === undefined ? [] : [{ ...adHocTable, position: at }],
    ),
    ...(grouping?.fill && { fill: grouping.fill }),
    ...(grouping?.step && { step: grouping.step }),
  };
}

/** Where in the person's SQL an offset of the expanded SQL comes from: within a macro's expansion, the macro's beginning. */
export function originalPosition({ segments }: ExpandedSql, offset: number): number {
  const segment = segments.findLast(({ start }) => start <= offset);
  if (segment === undefined) {
    return 0;
  }
  return segment.copied ? segment.source + Math.min(offset - segment.start, segment.length) : segment.source;
}

function checkTime(timeMs: number): void {
  if (!Number.isInteger(timeMs) || timeMs < minTimeMs || timeMs > maxTimeMs) {
    throw new QueryError(
      'time_range_invalid',
      `Cannot use the time range: ${timeMs} ms since 1970 is not within the years 1 to 9999`,
    );
  }
}

interface Source {
  readonly lexer: SqlLexer;
  readonly context: MacroContext;
  /** What the calls gave, in the order in which they end. */
  readonly expansions: (Expansion & { readonly at: number })[];
  /** The first dollar from an offset on, as it was last looked for. */
  dollar: { readonly from: number; readonly at: number };
}

/** Takes the next piece of expanded text, and the offset in the source that it was copied from or stands for. */
type Emit = (text: string, source: number, copied: boolean) => void;

/** What stands in the place of the source up to `end`. */
interface Replacement {
  readonly text: string;
  readonly end: number;
}

const interestingInCode = /['"$\-/]/g;

/** Expands code from `start` to `end`. Depth 0 is the statement itself; below it, in arguments, comments become blanks. */
function expandRange(source: Source, start: number, end: number, depth: number, emit: Emit): void {
  const { sql } = source.lexer;
  let copied = start;
  const replace = (at: number, { text, end }: Replacement) => {
    emit(sql.slice(copied, at), copied, true);
    emit(text, at, false);
    copied = end;
  };
  let at = start;
  while (at < end) {
    interestingInCode.lastIndex = at;
    at = interestingInCode.exec(sql)?.index ?? end;
    if (at >= end) {
      break;
    }
    const region = source.lexer.regionAt(at);
    if (region === undefined) {
      const replacement = macroAt(source, at, depth);
      if (replacement) {
        replace(at, replacement);
      }
      at = replacement?.end ?? at + 1;
    } else {
      if (region.kind !== 'comment') {
        expandWords(source, region, replace);
      } else if (depth > 0) {
        replace(at, { text: ' ', end: region.end });
      }
      at = region.end;
    }
  }
  emit(sql.slice(copied, end), copied, true);
}

/** Expands what expands within strings and quoted names too. */
function expandWords(source: Source, region: Region, replace: (at: number, replacement: Replacement) => void): void {
  const { sql } = source.lexer;
  for (let at = dollarFrom(source, region.bodyStart); at < region.bodyEnd; at = dollarFrom(source, at + 1)) {
    const word = wordAt(sql, at);
    const macro = word && findMacro(word.name);
    if (word && word.end <= region.bodyEnd && macro?.kind === 'scalar') {
      const text = scalarText(source, at, macro, word);
      if (text !== undefined) {
        replace(at, { text, end: word.end });
        at = word.end - 1;
      }
    }
  }
}

/** The offset of the first dollar from `start` on, or infinity. A long list of strings without one is searched once, not once for each. */
function dollarFrom(source: Source, start: number): number {
  const { from, at } = source.dollar;
  if (start < from || start > at) {
    const found = source.lexer.sql.indexOf('$', start);
    source.dollar = { from: start, at: found === -1 ? Number.POSITIVE_INFINITY : found };
  }
  return source.dollar.at;
}

interface Word {
  /** `$__` and what follows it, without braces. */
  readonly name: string;
  readonly end: number;
  /** Written in braces, with what follows the name's colon. */
  readonly braces: boolean;
  readonly format?: string | undefined;
}

const wordPattern = /\$(?:__([A-Za-z_]\w*)|\{__([A-Za-z_]\w*)(?::([^{}]*))?\})/y;

/** `$__name`, `${__name}` or `${__name:format}`. The name is as long as can be: `$__intervalX` is not `$__interval`. */
function wordAt(sql: string, at: number): Word | undefined {
  wordPattern.lastIndex = at;
  const match = wordPattern.exec(sql);
  if (match === null) {
    return undefined;
  }
  const [text, plain, braced, format] = match;
  return { name: `$__${plain ?? braced}`, end: at + text.length, braces: braced !== undefined, format };
}

function macroAt(source: Source, at: number, depth: number): Replacement | undefined {
  const { sql } = source.lexer;
  const word = wordAt(sql, at);
  if (word === undefined) {
    return undefined;
  }
  const macro = findMacro(word.name);
  if (macro?.kind === 'function') {
    return word.braces ? undefined : callAt(source, at, word, macro, depth);
  }
  if (macro?.kind === 'scalar') {
    const text = scalarText(source, at, macro, word);
    // Other data sources take `$__interval_ms()` too.
    return text === undefined ? undefined : { text, end: word.end + (sql.startsWith('()', word.end) ? 2 : 0) };
  }
  if (word.braces || sql[word.end] !== '(') {
    return undefined;
  }
  const signature = frontendMacros.get(word.name);
  if (signature !== undefined) {
    throw new QueryError('macro_arguments', `Cannot expand ${word.name}: the frontend replaces it, and has not`, {
      hint: `It is written ${signature}, with a variable of the dashboard, which alert rules do not have`,
      position: at,
    });
  }
  throw new QueryError('macro_unknown', `Cannot expand ${word.name}: there is no macro of that name`, {
    hint: `The nearest is ${signatureOf(nearestMacro(word.name))}`,
    position: at,
  });
}

/** Undefined for a format that is not ours: it stays as it is written. */
function scalarText({ context }: Source, at: number, macro: ScalarMacro, { format }: Word): string | undefined {
  if (format === undefined || format === 'raw' || format === 'text') {
    return macro.expand(context);
  }
  if (!/^date(:|$)/.test(format) || (macro.name !== '$__from' && macro.name !== '$__to')) {
    return undefined;
  }
  const timeFormat = format.slice('date:'.length);
  const text = formatTime(macro.name === '$__from' ? context.fromMs : context.toMs, timeFormat);
  if (text === undefined) {
    throw new QueryError('macro_arguments', `Cannot expand ${macro.name}: ${timeFormat} is no format of dates`, {
      hint: 'Use iso, seconds or a pattern of YYYY, MM, DD, HH, mm, ss and SSS',
      position: at,
    });
  }
  return text;
}

function callAt(source: Source, at: number, word: Word, macro: FunctionMacro, depth: number): Replacement {
  const { context, lexer } = source;
  const { sql } = lexer;
  const refuse = (reason: string): never => {
    throw new QueryError('macro_arguments', `Cannot expand ${macro.name}: ${reason}`, {
      hint: `It is written ${signatureOf(macro)}`,
      position: at,
    });
  };
  if (depth === maxDepth) {
    return refuse(`it stands within ${maxDepth} others`);
  }
  const open = sql.slice(word.end).search(/\S/) + word.end;
  if (sql[open] !== '(' || open < word.end) {
    return macro.bare ? { text: finish([]), end: word.end } : refuse('its arguments are missing');
  }
  const split = splitArguments(lexer, open) ?? refuse('its closing parenthesis is missing');
  return {
    text: finish(split.ranges.map(({ start, end }) => argumentText(source, start, end, depth))),
    end: split.end,
  };

  function finish(texts: readonly string[]): string {
    checkCount(macro, texts, refuse);
    const expansion = macro.expand({ arguments: texts, context, refuse });
    source.expansions.push({ ...expansion, at });
    return expansion.sql;
  }
}

function argumentText(source: Source, start: number, end: number, depth: number): string {
  const parts: string[] = [];
  expandRange(source, start, end, depth + 1, (text) => parts.push(text));
  return parts.join('').trim();
}

function checkCount(macro: FunctionMacro, texts: readonly string[], refuse: (reason: string) => never): void {
  const most = macro.arguments.length;
  const least = macro.arguments.filter(({ optional }) => !optional).length;
  if (texts.length < least || texts.length > most) {
    const expected =
      most === 0 ? 'no arguments' : least === most ? counted(most, 'argument') : `${least} or ${most} arguments`;
    refuse(`it takes ${expected}, got ${texts.length}`);
  }
  const empty = texts.indexOf('');
  if (empty !== -1) {
    refuse(`its argument ${empty + 1} is empty`);
  }
}
