import type { Field } from '../frame/column.ts';
import type { LogsContext } from '../model/query.ts';
import { quoteName, quoteText } from '../sql/quote.ts';
import { withoutSemicolon } from '../sql/semicolon.ts';
import { microsOfNumber } from './epoch-sql.ts';
import { logColumnsOf, noTimeError } from './log-columns.ts';
import type { SqlAround } from './logs-volume-sql.ts';
import { formatTimeNs } from './text-column.ts';

/**
 * The rows before a log line, newest first, or behind it, oldest first. Those of the line's own time are among them, the line too: Grafana
 * takes it out. A literal takes the precision of the column that it is compared with.
 *
 * @throws QueryError `no_time_column`
 */
export function logsContextSql(sql: string, fields: readonly Field[], context: LogsContext): SqlAround {
  const { time } = logColumnsOf(fields);
  const { type } = fields[time] ?? noTimeError('find the lines around a log line');
  const timeNs = BigInt(context.timeNs);
  const [at, literal] =
    type === 'timestamp'
      ? [`c${time}`, quoteText(formatTimeNs(timeNs))]
      : [microsOfNumber(`c${time}`), String(timeNs / 1000n)];
  const [comparison, order] = context.direction === 'backward' ? ['<=', 'DESC'] : ['>=', 'ASC'];
  const shown = fields.map(({ name }, index) => `c${index} AS ${quoteName(name)}`).join(', ');
  const names = fields.map((_, index) => `c${index}`).join(', ');
  const prefix = `SELECT ${shown} FROM (`;
  return {
    sql: `${prefix}${withoutSemicolon(sql)}\n) AS q(${names}) WHERE ${at} ${comparison} ${literal} ORDER BY ${at} ${order} LIMIT ${context.limit}`,
    prefixLength: prefix.length,
  };
}
