import { css } from '@emotion/css';
import type {
  DataSourceApi,
  DataSourceInstanceSettings,
  DataSourcePlugin,
  DataSourceSettings,
  GrafanaTheme2,
} from '@grafana/data';
import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, Field, Input, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { Suspense, useEffect, useState } from 'react';
import { loadPlugin } from '../runtime/data-source-srv.ts';

interface Loaded {
  readonly plugin?: DataSourcePlugin<DataSourceApi>;
  readonly saved?: DataSourceSettings;
  readonly error?: Error;
}

/** The settings of a data source: its name, the plugin's config editor, and Save & test. */
export function Settings({ settings }: { readonly settings: DataSourceInstanceSettings }) {
  const [{ plugin, saved, error }, setLoaded] = useState<Loaded>({});
  useEffect(() => {
    const reading = getBackendSrv().get<DataSourceSettings>(addressOf(settings.uid));
    Promise.all([loadPlugin(settings), reading]).then(
      ([loaded, read]) => setLoaded({ plugin: loaded, saved: read }),
      (failure: Error) => setLoaded({ error: failure }),
    );
  }, [settings]);
  if (error) {
    return <Alert title="Cannot load the settings">{error.message}</Alert>;
  }
  return plugin && saved ? (
    <SettingsForm plugin={plugin} saved={saved} />
  ) : (
    <LoadingPlaceholder text="Loading the settings" />
  );
}

interface Outcome {
  readonly severity: 'success' | 'error';
  readonly message: string;
}

interface SettingsFormProps {
  readonly plugin: DataSourcePlugin<DataSourceApi>;
  readonly saved: DataSourceSettings;
}

function SettingsForm({ plugin, saved }: SettingsFormProps) {
  const styles = useStyles2(settingsStyles);
  const [options, setOptions] = useState<DataSourceSettings>(saved);
  const [outcome, setOutcome] = useState<Outcome>();
  const [isBusy, setBusy] = useState(false);
  const { ConfigEditor } = plugin.components;
  const readOnly = options.readOnly === true;
  const saveAndTest = async () => {
    setBusy(true);
    setOutcome(undefined);
    try {
      if (!readOnly) {
        setOptions(await save(options));
      }
      setOutcome(await test(options.uid));
    } catch (error) {
      setOutcome({ severity: 'error', message: messageOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles}
      onSubmit={(event) => {
        event.preventDefault();
        void saveAndTest();
      }}
    >
      {readOnly && (
        <Alert severity="info" title="Provisioned data source">
          It was added by a file, and can only be changed there.
        </Alert>
      )}
      <Field label="Name" noMargin>
        <Input
          id="data-source-name"
          value={options.name}
          disabled={readOnly}
          onChange={({ currentTarget }) => setOptions({ ...options, name: currentTarget.value })}
        />
      </Field>
      <Suspense fallback={<LoadingPlaceholder text="Loading the editor" />}>
        {ConfigEditor && <ConfigEditor options={options} onOptionsChange={setOptions} />}
      </Suspense>
      {outcome && (
        <div data-testid="outcome">
          <Alert severity={outcome.severity} title={outcome.message} />
        </div>
      )}
      <div>
        <Button type="submit" disabled={isBusy}>
          {readOnly ? 'Test' : 'Save & test'}
        </Button>
      </div>
    </form>
  );
}

async function save(options: DataSourceSettings): Promise<DataSourceSettings> {
  const { datasource } = await getBackendSrv().put<{ datasource: DataSourceSettings }>(addressOf(options.uid), options);
  await getDataSourceSrv().reload();
  return datasource;
}

/** As the plugin tests itself, `testDatasource()`. */
async function test(uid: string): Promise<Outcome> {
  const dataSource = await getDataSourceSrv().get({ uid });
  const { message } = await dataSource.testDatasource();
  return { severity: 'success', message };
}

function addressOf(uid: string): string {
  return `/api/datasources/uid/${encodeURIComponent(uid)}`;
}

/** Of an error, of Grafana's shape of a failed fetch, or of a failed test. */
function messageOf(error: unknown): string {
  const { message, data } = error as { readonly message?: string; readonly data?: { readonly message?: string } };
  return data?.message ?? message ?? String(error);
}

function settingsStyles(theme: GrafanaTheme2): string {
  return css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), maxWidth: 900 });
}
