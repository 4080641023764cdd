import { DataSourcePlugin } from '@grafana/data';
import { lazy } from 'react';
import { QuiverDataSource } from './datasource.ts';
import type { QuiverOptions, QuiverQuery } from './types.ts';

/** The editors come when somebody opens one: a dashboard needs the data source alone. */
export const plugin = new DataSourcePlugin<QuiverDataSource, QuiverQuery, QuiverOptions>(QuiverDataSource)
  .setConfigEditor(lazy(() => import(/* webpackChunkName: "config-editor" */ './config/config-editor.tsx')))
  .setQueryEditor(lazy(() => import(/* webpackChunkName: "query-editor" */ './query/query-editor.tsx')));
