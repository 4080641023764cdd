import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, IconButton, Input, useStyles2 } from '@grafana/ui';
import { pathProblem } from './problems.ts';
import type { SettingsAccess } from './settings-access.ts';
import { settingAt } from './settings-path.ts';

/** Directories below which SQL itself may name files. */
export function DirectoriesEditor({ settings }: { readonly settings: SettingsAccess }) {
  const styles = useStyles2(getStyles);
  const saved = settingAt(settings.jsonData, 'duckdb.directories');
  const directories: readonly unknown[] = Array.isArray(saved) ? saved : [];
  const change = (next: readonly unknown[]) => settings.change('duckdb.directories', next);
  return (
    <>
      {directories.map((entry, index) => {
        const directory = typeof entry === 'string' ? entry : '';
        const problem = pathProblem(directory);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a directory is what stands in its place
          <div key={index} className={styles.row}>
            <Field
              noMargin
              className={styles.path}
              label={`Directory ${index + 1}`}
              invalid={problem !== undefined}
              error={problem}
            >
              <Input
                id={`quiver-directory-${index + 1}`}
                value={directory}
                disabled={settings.isReadOnly}
                placeholder="/srv/data"
                onChange={({ currentTarget }) => change(directories.with(index, currentTarget.value))}
              />
            </Field>
            {!settings.isReadOnly && (
              <IconButton
                className={styles.remove}
                name="trash-alt"
                tooltip={`Remove the directory ${directory || index + 1}`}
                onClick={() => change(directories.toSpliced(index, 1))}
              />
            )}
          </div>
        );
      })}
      {!settings.isReadOnly && (
        <Button variant="secondary" icon="plus" onClick={() => change([...directories, ''])}>
          Add a directory
        </Button>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', gap: theme.spacing(1), marginBottom: theme.spacing(2) }),
  path: css({ flex: '0 1 560px' }),
  // Beside the input, below the label.
  remove: css({ marginTop: theme.spacing(4) }),
});
