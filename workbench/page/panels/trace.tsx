import { css } from '@emotion/css';
import { type DataFrame, formattedValueToString, type GrafanaTheme2, getValueFormat } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Message } from './message.tsx';
import { readTrace } from './read-trace.ts';

const inMs = getValueFormat('ms');

/** Spans as bars over the trace's time. A simple view of our own: Grafana's is not on npm. */
export function Trace({ frame }: { readonly frame: DataFrame }) {
  const styles = useStyles2(traceStyles);
  const spans = readTrace(frame);
  if (spans.length === 0) {
    return <Message>No spans</Message>;
  }
  const start = Math.min(...spans.map(({ startTime }) => startTime));
  const length = Math.max(...spans.map(({ startTime, duration }) => startTime + duration)) - start || 1;
  return (
    <ol className={styles.spans} data-testid="trace">
      {spans.map(({ traceID, spanID, depth, operationName, serviceName, startTime, duration }) => (
        <li key={`${traceID} ${spanID}`}>
          <span style={{ paddingLeft: depth * 16 }} className={styles.name}>
            {serviceName}: {operationName}
          </span>
          <span className={styles.track}>
            <span
              className={styles.bar}
              style={{
                marginLeft: `${((startTime - start) / length) * 100}%`,
                width: `${Math.max((duration / length) * 100, 0.5)}%`,
              }}
            />
          </span>
          <span>{formattedValueToString(inMs(duration))}</span>
        </li>
      ))}
    </ol>
  );
}

function traceStyles(theme: GrafanaTheme2) {
  return {
    spans: css({
      listStyle: 'none',
      padding: theme.spacing(1),
      '& > li': { display: 'grid', gridTemplateColumns: '2fr 3fr 100px', gap: theme.spacing(1), alignItems: 'center' },
    }),
    name: css({ overflowWrap: 'anywhere' }),
    track: css({ display: 'block' }),
    bar: css({ display: 'block', height: 12, background: theme.colors.primary.main }),
  };
}
