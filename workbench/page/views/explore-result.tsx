import { css } from '@emotion/css';
import {
  type DataFrame,
  type DataQuery,
  type DataSourceApi,
  type GrafanaTheme2,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { Alert, PanelChrome, useStyles2, useTheme2 } from '@grafana/ui';
import { type ReactNode, useMemo } from 'react';
import { DataTable } from '../panels/data-table.tsx';
import { prepareFrames } from '../panels/prepare-frames.ts';
import { hasSeries, TimeSeriesGraph } from '../panels/time-series-graph.tsx';
import { Problems } from './problems.tsx';

export interface ExploreResultProps {
  readonly dataSource: DataSourceApi;
  readonly data: PanelData;
  readonly query: DataQuery;
  readonly width: number;
  /** Changes the query and runs it: for filters that are set in the result. */
  readonly onQuery: (query: DataQuery) => void;
}

const graphHeight = 320;
const tableHeight = 360;

/** Errors and notices first, then what the frames want to be looked at as. */
export function ExploreResult({ data, width }: ExploreResultProps) {
  const theme = useTheme2();
  const styles = useStyles2(resultStyles);
  const frames = useMemo(() => prepareFrames(data.series, theme, 'utc'), [data.series, theme]);
  const inner = Math.max(width - 2, 0);
  const graphs = frames.filter(hasSeries);
  const isLoading = data.state === LoadingState.Loading;
  if (width === 0) {
    return null;
  }
  return (
    <div className={styles} aria-busy={isLoading} data-testid="result" data-state={data.state}>
      <Problems data={data} />
      {graphs.length > 0 && (
        <Box title="Graph" width={width} height={graphHeight + 40}>
          <TimeSeriesGraph
            frames={graphs}
            width={inner}
            height={graphHeight}
            timeRange={data.timeRange}
            timeZone="utc"
          />
        </Box>
      )}
      {[...frames.entries()].map(([place, frame]) => (
        <Box key={place} title={tableTitle(frame, place)} width={width} height={tableHeight + 40}>
          <DataTable frame={frame} width={inner} height={tableHeight} />
        </Box>
      ))}
      {frames.length === 0 && data.state === LoadingState.Done && <Alert severity="info" title="No data" />}
    </div>
  );
}

function tableTitle({ name, length }: DataFrame, index: number): string {
  return `Table${name ? ` ${name}` : index > 0 ? ` ${index + 1}` : ''} (${length} rows)`;
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
