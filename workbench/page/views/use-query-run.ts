import {
  CoreApp,
  type DataQuery,
  type DataQueryRequest,
  type DataSourceApi,
  LoadingState,
  type PanelData,
  rangeUtil,
  type TimeRange,
} from '@grafana/data';
import { getRunRequest } from '@grafana/runtime';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Subscription } from 'rxjs';

export interface QueryRun {
  /** What came last; undefined before the first run. */
  readonly data: PanelData | undefined;
  readonly isRunning: boolean;
  readonly run: (query: DataQuery, range: TimeRange, width: number) => void;
  /** The browser lets go of the request, and so the engine of the query. */
  readonly cancel: () => void;
}

let requests = 0;

/** Runs one query at a time, as Explore does; a new run ends the one before. */
export function useQueryRun(dataSource: DataSourceApi): QueryRun {
  const [data, setData] = useState<PanelData>();
  const running = useRef<Subscription>(undefined);
  useEffect(() => () => running.current?.unsubscribe(), []);
  const run = useCallback(
    (query: DataQuery, range: TimeRange, width: number) => {
      running.current?.unsubscribe();
      const request = makeRequest(dataSource, query, range, width);
      running.current = getRunRequest()(dataSource, request).subscribe(setData);
    },
    [dataSource],
  );
  const cancel = useCallback(() => {
    running.current?.unsubscribe();
    setData((before) => before && { ...before, state: LoadingState.Done });
  }, []);
  return { data, isRunning: data?.state === LoadingState.Loading, run, cancel };
}

export function makeRequest(
  dataSource: DataSourceApi,
  query: DataQuery,
  range: TimeRange,
  width: number,
): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, Math.max(width, 100), dataSource.interval);
  return {
    app: CoreApp.Explore,
    requestId: `explore_${++requests}`,
    targets: [query].filter(({ hide }) => hide !== true).filter((one) => dataSource.filterQuery?.(one) ?? true),
    range,
    interval,
    intervalMs,
    maxDataPoints: Math.max(width, 100),
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
    timezone: 'utc',
    startTime: Date.now(),
  };
}
