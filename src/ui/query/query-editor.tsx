import type { QueryEditorProps } from '@grafana/data';
import { SQLEditor } from '@grafana/plugin-ui';
import type { QuiverDataSource } from '../datasource.ts';
import type { QuiverOptions, QuiverQuery } from '../types.ts';

/** The editor of a query in a panel, in Explore and in alerts. */
export default function QueryEditor({
  query,
  onChange,
}: QueryEditorProps<QuiverDataSource, QuiverQuery, QuiverOptions>) {
  return <SQLEditor query={query.rawSql ?? ''} onChange={(rawSql) => onChange({ ...query, rawSql })} />;
}
