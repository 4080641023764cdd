import type { DataSourceApi, DataSourceInstanceSettings } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';

export interface LoadedDataSource {
  readonly dataSource?: DataSourceApi;
  readonly error?: Error;
}

/** The plugin's instance for a data source: neither while module.js is loaded, an error where it cannot be. */
export function useDataSource({ uid }: DataSourceInstanceSettings): LoadedDataSource {
  const [loaded, setLoaded] = useState<LoadedDataSource>({});
  useEffect(() => {
    let isGone = false;
    getDataSourceSrv()
      .get({ uid })
      .then(
        (dataSource) => isGone || setLoaded({ dataSource }),
        (error: Error) => isGone || setLoaded({ error }),
      );
    return () => {
      isGone = true;
    };
  }, [uid]);
  return loaded;
}
