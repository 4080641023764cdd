import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { DataSourceDescription } from '@grafana/plugin-ui';
import type { QuiverOptions } from '../types.ts';

/** The data source's settings page. */
export default function ConfigEditor(_props: DataSourcePluginOptionsEditorProps<QuiverOptions>) {
  return <DataSourceDescription dataSourceName="Quiver SQL" docsLink="" hasRequiredFields={false} />;
}
