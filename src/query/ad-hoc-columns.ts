import type { Field, FieldType } from '../frame/column.ts';
import { quoteName, quoteText } from '../sql/quote.ts';
import { findColumn } from './column-names.ts';
import { holdsLabels } from './labels-column.ts';
import { logColumnsOf, logNames } from './log-columns.ts';
import { uniqueNames } from './result.ts';

/** Columns that filters are on. */
export interface FilterColumns {
  readonly fields: readonly Field[];
  /** How SQL names each of them. */
  readonly sql: readonly string[];
  /** Whether they become log lines, whose fields and labels are keys too. */
  readonly isLogs: boolean;
}

/** What a filter compares. */
export interface FilterColumn {
  readonly sql: string;
  readonly type: FieldType;
  /** Whether it is looked for in each line's labels, of which nobody knows before. */
  readonly isLabel?: boolean;
}

/** The columns of a table, which a statement may call by another name. */
export function tableColumns(fields: readonly Field[], isLogs: boolean, alias?: string): FilterColumns {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return { fields, sql: fields.map(({ name }) => prefix + quoteName(name)), isLogs };
}

/** The columns of a result; by their places, `c0`, `c1`, …, where SQL could not tell two names apart. */
export function resultColumns(fields: readonly Field[], isLogs: boolean): FilterColumns {
  const areApart = areNamesApart(fields);
  const sql = fields.map(({ name }, index) => (areApart ? quoteName(name) : `c${index}`));
  return { fields: uniqueNames(fields), sql, isLogs };
}

/** Letter case tells no names apart in SQL. */
export function areNamesApart(fields: readonly Field[]): boolean {
  return new Set(fields.map(({ name }) => name.toLowerCase())).size === fields.length;
}

/**
 * What a filter's key names: a column, letter case aside, an exact name going first. Of log lines, also a field as the frame calls it, and
 * a label out of an object of labels.
 */
export function findFilterColumn(key: string, { fields, sql, isLogs }: FilterColumns): FilterColumn | undefined {
  const exact = fields.findIndex(({ name }) => name === key);
  const named = exact === -1 ? fields.findIndex(({ name }) => name.toLowerCase() === key.toLowerCase()) : exact;
  if (named === -1 && isLogs) {
    const part = fieldOfLine(key, fields);
    const labels = sql.filter((_, index) => holdsLabels(fields[index] as Field));
    return columnAt(part) ?? labelIn(labels, key) ?? columnAt(severityOf(key, fields));
  }
  return columnAt(named);

  function columnAt(index: number): FilterColumn | undefined {
    const field = fields[index];
    return field && { sql: sql[index] as string, type: field.type };
  }
}

/** As the frame of log lines calls its fields. */
function fieldOfLine(key: string, fields: readonly Field[]): number {
  const { time, body, severity } = logColumnsOf(fields);
  return (
    new Map([
      ['timestamp', time],
      ['body', body],
      ['severity', severity],
    ]).get(key) ?? -1
  );
}

/** By any of its names: a column may be called `lvl`, and somebody look for `level`. */
function severityOf(key: string, fields: readonly Field[]): number {
  return findColumn([{ name: key, type: 'utf8' }], logNames.severity) === -1 ? -1 : logColumnsOf(fields).severity;
}

/** A later object goes before an earlier, as in the labels that somebody sees. */
function labelIn(objects: readonly string[], key: string): FilterColumn | undefined {
  const pointer = quoteText(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  const members = objects.map((object) => `json_extract_string(to_json(${object}), ${pointer})`).reverse();
  const [member] = members;
  return member === undefined
    ? undefined
    : { sql: members.length === 1 ? member : `coalesce(${members.join(', ')})`, type: 'utf8', isLabel: true };
}
