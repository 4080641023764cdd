import {
  type DataFrame,
  type DataSourceApi,
  hasSupplementaryQuerySupport,
  type PanelData,
  SupplementaryQueryType,
} from '@grafana/data';
import { getRunRequest } from '@grafana/runtime';
import { useEffect, useState } from 'react';

/** How many log lines there were over time, which the data source is asked for beside the lines themselves. */
export function useLogsVolume(dataSource: DataSourceApi, data: PanelData, isWanted: boolean): DataFrame[] {
  const [frames, setFrames] = useState<DataFrame[]>([]);
  const { request } = data;
  useEffect(() => {
    setFrames([]);
    const type = SupplementaryQueryType.LogsVolume;
    if (!isWanted || request === undefined || !hasSupplementaryQuerySupport(dataSource, type)) {
      return;
    }
    const supplementary = dataSource.getSupplementaryRequest?.(type, request);
    if (supplementary === undefined) {
      return;
    }
    const running = getRunRequest()(dataSource, supplementary).subscribe(({ series }) => setFrames(series));
    return () => running.unsubscribe();
  }, [dataSource, request, isWanted]);
  return frames;
}
