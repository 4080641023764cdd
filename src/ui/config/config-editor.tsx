import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { ConfigSection, ConfigSubSection, DataSourceDescription } from '@grafana/plugin-ui';
import { config } from '@grafana/runtime';
import { CodeEditor, Field, RadioButtonGroup, Stack, Switch } from '@grafana/ui';
import { leaveHint } from '../leave-hint.ts';
import type { QuiverOptions } from '../types.ts';
import { DirectoriesEditor } from './directories-editor.tsx';
import { databaseField, engineFields, limitFields, timeIntervalField } from './fields.ts';
import { ServerLeave } from './server-leave.tsx';
import { SettingField } from './setting-field.tsx';
import { type SettingsAccess, settingsAccess } from './settings-access.ts';
import { settingAt } from './settings-path.ts';
import { TablesEditor } from './tables-editor.tsx';

/** The data source's settings page. */
export default function ConfigEditor(props: DataSourcePluginOptionsEditorProps<QuiverOptions>) {
  const settings = settingsAccess(props);
  const { uid, version } = props.options;
  return (
    <Stack direction="column" gap={4}>
      <DataSourceDescription dataSourceName="Quiver SQL" docsLink={pluginPage()} hasRequiredFields={false} />
      <ConfigSection title="Data" description="What queries can read.">
        <Engine settings={settings} />
        <ServerLeave />
        <SettingField spec={databaseField} settings={settings} />
        <Stack direction="column" gap={3}>
          <ConfigSubSection title="Tables" description="Files or globs that queries know by a name.">
            <TablesEditor settings={settings} uid={uid} version={version} />
          </ConfigSubSection>
          <ConfigSubSection
            title="Directories"
            description="Below them SQL itself may name files: read_parquet('…'). Each lies in the directories of grafana.ini."
          >
            <DirectoriesEditor settings={settings} />
          </ConfigSubSection>
          <ConfigSubSection
            title="Init SQL"
            description={`Statements that run once before the queries: views, tables, macros, further files. ${leaveHint}.`}
          >
            <InitSql settings={settings} />
          </ConfigSubSection>
        </Stack>
      </ConfigSection>
      <ConfigSection title="Limits" description="Of one query. The owner of the server may have set lower ones.">
        {limitFields.map((spec) => (
          <SettingField key={spec.path} spec={spec} settings={settings} />
        ))}
      </ConfigSection>
      <ConfigSection title="Engine and time">
        {[...engineFields, timeIntervalField].map((spec) => (
          <SettingField key={spec.path} spec={spec} settings={settings} />
        ))}
        <BigintAsText settings={settings} />
      </ConfigSection>
    </Stack>
  );
}

interface PartProps {
  readonly settings: SettingsAccess;
}

const engines = [{ value: 'duckdb', label: 'DuckDB' }];

function Engine({ settings }: PartProps) {
  const engine = settingAt(settings.jsonData, 'engine') ?? 'duckdb';
  const isKnown = engines.some(({ value }) => value === engine);
  return (
    <Field
      label="Engine"
      description="Runs inside the plugin, and reads files where they lie."
      invalid={!isKnown}
      error={`expected "duckdb"`}
    >
      <RadioButtonGroup
        aria-label="Engine"
        options={engines}
        value={String(engine)}
        disabled={settings.isReadOnly}
        onChange={(value) => settings.change('engine', value)}
      />
    </Field>
  );
}

function InitSql({ settings }: PartProps) {
  const initSql = settingAt(settings.jsonData, 'duckdb.initSql');
  const value = typeof initSql === 'string' ? initSql : '';
  // Left alone, a text stays as it was, or missing.
  const change = (text: string) => text !== value && settings.change('duckdb.initSql', text === '' ? undefined : text);
  return (
    <CodeEditor
      language="sql"
      height={160}
      value={value}
      showLineNumbers
      readOnly={settings.isReadOnly}
      // Without the first, a screen reader takes what is read-only for a field to write in.
      monacoOptions={{
        domReadOnly: settings.isReadOnly,
        ariaLabel: `Init SQL. ${leaveHint}`,
        scrollBeyondLastLine: false,
      }}
      onBlur={change}
      onSave={change}
    />
  );
}

function BigintAsText({ settings }: PartProps) {
  return (
    <Field
      label="Numbers of many digits as text"
      description="In tables, numbers that a browser would round keep all their digits."
    >
      <Switch
        id="quiver-bigintAsText"
        value={settingAt(settings.jsonData, 'bigintAsText') === true}
        disabled={settings.isReadOnly}
        onChange={({ currentTarget }) => settings.change('bigintAsText', currentTarget.checked)}
      />
    </Field>
  );
}

/** Where Grafana shows the README that comes with the plugin. */
function pluginPage(): string {
  return `${config.appSubUrl}/plugins/quiver-sql-datasource`;
}
