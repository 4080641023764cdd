import { css } from '@emotion/css';
import {
  CoreApp,
  type DataQuery,
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type GrafanaTheme2,
  type TimeRange,
} from '@grafana/data';
import { Alert, Button, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { Suspense, useRef, useState } from 'react';
import { useWidth } from '../use-width.ts';
import { ExploreResult } from './explore-result.tsx';
import { readExploreStart } from './explore-start.ts';
import { absolute, RangePicker } from './range-picker.tsx';
import { useDashboardScene } from './use-dashboard-scene.ts';
import { useDataSource } from './use-data-source.ts';
import { useQueryRun } from './use-query-run.ts';

/** The plugin's query editor, and what a query gives. */
export function Explore({ settings }: { readonly settings: DataSourceInstanceSettings }) {
  const { dataSource, error } = useDataSource(settings);
  if (error) {
    return <Alert title="Cannot load the plugin">{error.message}</Alert>;
  }
  return dataSource ? <LoadedExplore dataSource={dataSource} /> : <LoadingPlaceholder text="Loading the plugin" />;
}

function LoadedExplore({ dataSource }: { readonly dataSource: DataSourceApi }) {
  const styles = useStyles2(exploreStyles);
  const [start] = useState(() => readExploreStart(dataSource));
  useDashboardScene(start.dashboardUid);
  const [query, setQuery] = useState<DataQuery>(start.query);
  const [range, setRange] = useState<TimeRange>(start.range);
  const [ref, width] = useWidth();
  const { data, isRunning, run, cancel } = useQueryRun(dataSource);
  // An editor may change the query and run it at once.
  const latest = useRef(query);
  const change = (changed: DataQuery) => {
    latest.current = changed;
    setQuery(changed);
  };
  const runQuery = () => run(latest.current, range, width);
  const changeRange = (changed: TimeRange) => {
    setRange(changed);
    if (data) {
      run(latest.current, changed, width);
    }
  };
  const Editor = dataSource.components?.ExploreQueryField ?? dataSource.components?.QueryEditor;
  return (
    <div ref={ref} className={styles.view}>
      <div className={styles.toolbar}>
        <h2 className={styles.title}>{dataSource.name}</h2>
        <RangePicker range={range} onChange={changeRange} />
        {isRunning ? (
          <Button variant="destructive" icon="times" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button icon="play" onClick={runQuery}>
            Run query
          </Button>
        )}
      </div>
      {start.examples.length > 0 && (
        <div className={styles.examples}>
          <span>Examples:</span>
          {start.examples.map((example) => (
            <Button
              key={example.title}
              size="sm"
              variant="secondary"
              onClick={() => {
                change({ ...start.empty, ...example.query });
                runQuery();
              }}
            >
              {example.title}
            </Button>
          ))}
        </div>
      )}
      <section aria-label="Query editor" className={styles.card}>
        <Suspense fallback={<LoadingPlaceholder text="Loading the editor" />}>
          {Editor && (
            <Editor
              datasource={dataSource}
              query={query}
              queries={[query]}
              onChange={change}
              onRunQuery={runQuery}
              range={range}
              app={CoreApp.Explore}
              history={[]}
              {...(data && { data })}
            />
          )}
        </Suspense>
      </section>
      {data && (
        <ExploreResult
          dataSource={dataSource}
          data={data}
          width={width}
          query={query}
          onQuery={(changed) => {
            change(changed);
            runQuery();
          }}
          onZoom={(fromMs, toMs) => changeRange(absolute(fromMs, toMs))}
        />
      )}
    </div>
  );
}

function exploreStyles(theme: GrafanaTheme2) {
  return {
    view: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
    toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(2) }),
    examples: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    title: css({ ...theme.typography.h5, margin: 0, flexGrow: 1 }),
    card: css({ padding: theme.spacing(2), background: theme.colors.background.primary }),
  };
}
