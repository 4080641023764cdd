import type { DataSourceInstanceSettings } from '@grafana/data';
import { DataSourceWithBackend } from '@grafana/runtime';
import type { QuiverOptions, QuiverQuery } from './types.ts';

/** The data source as Grafana's frontend knows it: what it sends, the backend answers. */
export class QuiverDataSource extends DataSourceWithBackend<QuiverQuery, QuiverOptions> {
  constructor(settings: DataSourceInstanceSettings<QuiverOptions>) {
    super(settings);
  }
}
