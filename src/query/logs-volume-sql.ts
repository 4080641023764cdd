import type { Field } from '../frame/column.ts';
import { quoteText } from '../sql/quote.ts';
import { withoutSemicolon } from '../sql/semicolon.ts';
import { microsOfNumber } from './epoch-sql.ts';
import { formatInterval, type Interval, parseInterval } from './interval.ts';
import { logColumnsOf, noTimeError } from './log-columns.ts';
import { timeBucket } from './macros/duckdb-sql.ts';
import { severities, unknownSeverity } from './severity.ts';

export interface LogsVolumeOptions {
  readonly intervalMs: number;
  /** Default UTC. */
  readonly timezone?: string;
}

/** SQL of ours around a person's. */
export interface SqlAround {
  readonly sql: string;
  /** Where the person's begins in it. */
  readonly prefixLength: number;
}

/**
 * Counts log lines: `time`, the beginning of a bucket, `level`, one of Grafana's, and `value`.
 *
 * @throws QueryError `no_time_column`
 */
export function logsVolumeSql(sql: string, fields: readonly Field[], options: LogsVolumeOptions): SqlAround {
  const { time, severity } = logColumnsOf(fields);
  const { type } = fields[time] ?? noTimeError('count log lines');
  const at = type === 'timestamp' ? `c${time}` : `make_timestamp(${microsOfNumber(`c${time}`)})`;
  const bucket = timeBucket(at, intervalOf(options), options.timezone ?? 'UTC');
  const prefix = `SELECT ${bucket} AS time, ${levelOf(severity)} AS level, count(*) AS value FROM (`;
  const names = fields.map((_, index) => `c${index}`).join(', ');
  return {
    sql: `${prefix}${withoutSemicolon(sql)}\n) AS q(${names}) WHERE c${time} IS NOT NULL GROUP BY 1, 2 ORDER BY 1`,
    prefixLength: prefix.length,
  };
}

/** As `$__interval` is written, so that bars are as wide as those of a query that groups by it. */
function intervalOf({ intervalMs }: LogsVolumeOptions): Interval {
  return (
    parseInterval(formatInterval(intervalMs)) ?? { unit: 'millisecond', count: Math.max(1, Math.floor(intervalMs)) }
  );
}

function levelOf(severity: number): string {
  if (severity === -1) {
    return quoteText(unknownSeverity);
  }
  const cases = Object.entries(severities).flatMap(([level, words]) =>
    words.map((word) => `WHEN ${quoteText(word)} THEN ${quoteText(level)}`),
  );
  return `CASE lower(trim(CAST(c${severity} AS VARCHAR))) ${cases.join(' ')} ELSE ${quoteText(unknownSeverity)} END`;
}
