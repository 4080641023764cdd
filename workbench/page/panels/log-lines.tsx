import { css } from '@emotion/css';
import { type DataFrame, dateTimeFormat, type GrafanaTheme2, type TimeZone } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { Message } from './message.tsx';
import { type LogLine, readLogs } from './read-logs.ts';

export interface LogLinesProps {
  readonly frame: DataFrame;
  readonly timeZone: TimeZone;
  readonly onFilter?: ((kind: 'FILTER_FOR' | 'FILTER_OUT', key: string, value: string) => void) | undefined;
  readonly onContext?: ((line: LogLine) => void) | undefined;
}

/** Log lines, each with its labels to unfold. A simple view of our own: Grafana's is not on npm. */
export function LogLines({ frame, timeZone, onFilter, onContext }: LogLinesProps) {
  const styles = useStyles2(logStyles);
  const lines = readLogs(frame);
  if (lines.length === 0) {
    return <Message>No log lines</Message>;
  }
  return (
    <div className={styles.lines} data-testid="logs">
      {lines.map((line) => (
        <details key={line.row}>
          <summary className={styles.summary}>
            <time>{dateTimeFormat(line.timeMs, { timeZone, defaultWithMS: true })}</time>
            <span className={styles.severity}>{line.severity}</span>
            <span>{line.body}</span>
          </summary>
          <dl className={styles.labels}>
            {Object.entries(line.labels).map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>
                  {String(value)}
                  {onFilter && (
                    <>
                      <Button
                        size="sm"
                        fill="text"
                        icon="search-plus"
                        aria-label={`Filter for ${key} ${value}`}
                        onClick={() => onFilter('FILTER_FOR', key, String(value))}
                      />
                      <Button
                        size="sm"
                        fill="text"
                        icon="search-minus"
                        aria-label={`Filter out ${key} ${value}`}
                        onClick={() => onFilter('FILTER_OUT', key, String(value))}
                      />
                    </>
                  )}
                </dd>
              </div>
            ))}
          </dl>
          {onContext && (
            <Button size="sm" variant="secondary" onClick={() => onContext(line)}>
              Show context
            </Button>
          )}
        </details>
      ))}
    </div>
  );
}

function logStyles(theme: GrafanaTheme2) {
  return {
    lines: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      padding: theme.spacing(1),
    }),
    summary: css({ display: 'flex', gap: theme.spacing(1), cursor: 'pointer', overflowWrap: 'anywhere' }),
    severity: css({ minWidth: 48, color: theme.colors.text.secondary }),
    labels: css({
      margin: theme.spacing(1, 2),
      '& > div': { display: 'flex', gap: theme.spacing(1), alignItems: 'center' },
      dt: { minWidth: 100, color: theme.colors.text.secondary },
      dd: { margin: 0 },
    }),
  };
}
