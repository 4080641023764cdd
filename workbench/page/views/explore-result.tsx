import { css } from '@emotion/css';
import {
  type DataFrame,
  type DataQuery,
  type DataSourceApi,
  type GrafanaTheme2,
  hasToggleableQueryFiltersSupport,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { Alert, PanelChrome, useStyles2, useTheme2 } from '@grafana/ui';
import { type ReactNode, useMemo, useState } from 'react';
import { DataTable } from '../panels/data-table.tsx';
import { LogLines } from '../panels/log-lines.tsx';
import { prepareFrames } from '../panels/prepare-frames.ts';
import { isLogs, type LogLine } from '../panels/read-logs.ts';
import { isTrace } from '../panels/read-trace.ts';
import { hasSeries, TimeSeriesGraph } from '../panels/time-series-graph.tsx';
import { Trace } from '../panels/trace.tsx';
import { asVolumeBars } from '../panels/volume-bars.ts';
import { LogContext } from './log-context.tsx';
import { Problems } from './problems.tsx';
import { useLogsVolume } from './use-logs-volume.ts';

export interface ExploreResultProps {
  readonly dataSource: DataSourceApi;
  readonly data: PanelData;
  readonly query: DataQuery;
  readonly width: number;
  /** Changes the query and runs it: for filters that are set in the result. */
  readonly onQuery: (query: DataQuery) => void;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

const graphHeight = 320;
const volumeHeight = 140;
const tableHeight = 360;

/** Errors and notices first, then what the frames want to be looked at as. */
export function ExploreResult({ dataSource, data, query, width, onQuery, onZoom }: ExploreResultProps) {
  const theme = useTheme2();
  const styles = useStyles2(resultStyles);
  const [context, setContext] = useState<{ readonly frame: DataFrame; readonly line: LogLine }>();
  const hasLogs = data.state === LoadingState.Done && data.series.some(isLogs);
  const volume = useLogsVolume(dataSource, data, hasLogs);
  const frames = useMemo(() => prepareFrames(data.series, theme, 'utc'), [data.series, theme]);
  const volumeFrames = useMemo(() => prepareFrames(asVolumeBars(volume), theme, 'utc'), [volume, theme]);
  if (width === 0) {
    return null;
  }
  const logs = frames.filter(isLogs);
  const traces = frames.filter(isTrace);
  const others = frames.filter((frame) => !isLogs(frame) && !isTrace(frame));
  const graphs = others.filter(hasSeries);
  const inner = width - 2;
  const graph = { width: inner, timeRange: data.timeRange, timeZone: 'utc', onZoom };
  return (
    <div
      className={styles}
      aria-busy={data.state === LoadingState.Loading}
      data-testid="result"
      data-state={data.state}
    >
      <Problems data={data} />
      {graphs.length > 0 && (
        <Box title="Graph" width={width} height={graphHeight + 40}>
          <TimeSeriesGraph frames={graphs} height={graphHeight} {...graph} />
        </Box>
      )}
      {volumeFrames.some(hasSeries) && (
        <Box title="Logs volume" width={width} height={volumeHeight + 40}>
          <TimeSeriesGraph frames={volumeFrames} height={volumeHeight} {...graph} />
        </Box>
      )}
      {logs.map((frame) => (
        <section key={frame.refId} aria-label="Logs" className={css({ background: theme.colors.background.primary })}>
          <LogLines
            frame={frame}
            timeZone="utc"
            onContext={(line) => setContext({ frame, line })}
            onFilter={(type, key, value) =>
              hasToggleableQueryFiltersSupport(dataSource) &&
              onQuery(dataSource.toggleQueryFilter(query, { type, options: { key, value }, frame }))
            }
          />
        </section>
      ))}
      {traces.map((frame) => (
        <section key={frame.refId} aria-label="Trace">
          <Trace frame={frame} />
        </section>
      ))}
      {[...others.entries()].map(([place, frame]) => (
        <Box key={place} title={tableTitle(frame, place)} width={width} height={tableHeight + 40}>
          <DataTable frame={frame} width={inner} height={tableHeight} />
        </Box>
      ))}
      {frames.length === 0 && data.state === LoadingState.Done && <Alert severity="info" title="No data" />}
      {context && (
        <LogContext dataSource={dataSource} query={query} {...context} onClose={() => setContext(undefined)} />
      )}
    </div>
  );
}

function tableTitle({ name, length }: DataFrame, place: number): string {
  const which = name ? ` ${name}` : place > 0 ? ` ${place + 1}` : '';
  return `Table${which} (${length} rows)`;
}

function Box({ children, ...rest }: { title: string; width: number; height: number; children: ReactNode }) {
  return (
    <PanelChrome {...rest} padding="none">
      {() => <>{children}</>}
    </PanelChrome>
  );
}

function resultStyles(theme: GrafanaTheme2): string {
  return css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) });
}
