import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Combobox, type ComboboxOption, Field, IconButton, Input, useStyles2 } from '@grafana/ui';
import { isEqual } from 'lodash';
import { useState } from 'react';
import { tableFormats } from '../../model/settings.ts';
import { sentence } from '../failure.ts';
import { type ConfiguredTables, useConfiguredTables } from './configured-tables.ts';
import { FoundTable, NotSaved } from './found-table.tsx';
import { nameProblem, pathProblem } from './problems.ts';
import type { SettingsAccess } from './settings-access.ts';
import { isRecord, settingAt } from './settings-path.ts';

/** A table as it stands in `jsonData`, with whatever keys it has. */
type TableRow = Readonly<Record<string, unknown>>;

interface TablesEditorProps {
  readonly settings: SettingsAccess;
  readonly uid: string;
  /** Of the saved settings. */
  readonly version: number | undefined;
}

/** The files that queries know by a name, and what was found of each. */
export function TablesEditor({ settings, uid, version }: TablesEditorProps) {
  const rows = tableRows(settings.jsonData);
  const saved = useSaved(rows, version);
  const found = useConfiguredTables(uid, version);
  const change = (next: readonly TableRow[]) => settings.change('duckdb.tables', next);
  return (
    <>
      {rows.map((row, index) => (
        <TableEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a table is what stands in its place
          key={index}
          number={index + 1}
          row={row}
          names={rows.map(({ name }) => textOf(name))}
          savedIndex={saved.findIndex((one) => isEqual(one, row))}
          found={found}
          isReadOnly={settings.isReadOnly}
          onChange={(next) => change(rows.with(index, next))}
          onRemove={() => change(rows.toSpliced(index, 1))}
        />
      ))}
      {found.state === 'failed' && saved.length > 0 && (
        <Alert severity="warning" title="The backend does not say what it found of the tables">
          {sentence(found.error)}
        </Alert>
      )}
      {!settings.isReadOnly && (
        <Button variant="secondary" icon="plus" onClick={() => change([...rows, { name: '', path: '' }])}>
          Add a table
        </Button>
      )}
      {saved.length > 0 && (
        <Button variant="secondary" fill="text" icon="sync" onClick={found.retry}>
          Look for the files again
        </Button>
      )}
    </>
  );
}

interface TableEditorProps {
  readonly number: number;
  readonly row: TableRow;
  /** Of all tables. */
  readonly names: readonly string[];
  /** Where the row stands in the saved settings; -1 if it is not as it was saved. */
  readonly savedIndex: number;
  readonly found: ConfiguredTables;
  readonly isReadOnly: boolean;
  readonly onChange: (row: TableRow) => void;
  readonly onRemove: () => void;
}

function TableEditor(props: TableEditorProps) {
  const { number, row, names, savedIndex, found, isReadOnly, onChange, onRemove } = props;
  const styles = useStyles2(getStyles);
  const name = textOf(row.name);
  const path = textOf(row.path);
  const problems = { name: nameProblem(name, names), path: pathProblem(path) };
  const id = (key: string) => `quiver-table-${number}-${key}`;
  return (
    <fieldset className={styles.table} aria-label={`Table ${number}`}>
      <div className={styles.row}>
        <Field noMargin label="Name" invalid={problems.name !== undefined} error={problems.name}>
          <Input
            id={id('name')}
            width={24}
            value={name}
            disabled={isReadOnly}
            placeholder="readings"
            onChange={({ currentTarget }) => onChange({ ...row, name: currentTarget.value })}
          />
        </Field>
        <Field
          noMargin
          className={styles.path}
          label="Path or glob"
          invalid={problems.path !== undefined}
          error={problems.path}
        >
          <Input
            id={id('path')}
            value={path}
            disabled={isReadOnly}
            placeholder="/srv/data/*.parquet"
            onChange={({ currentTarget }) => onChange({ ...row, path: currentTarget.value })}
          />
        </Field>
        <Field noMargin label="Format">
          <Combobox
            id={id('format')}
            width={20}
            options={formats}
            value={textOf(row.format)}
            disabled={isReadOnly}
            onChange={({ value }) => onChange(withFormat(row, value))}
          />
        </Field>
        {!isReadOnly && (
          <IconButton
            className={styles.remove}
            name="trash-alt"
            tooltip={`Remove the table ${name || number}`}
            onClick={onRemove}
          />
        )}
      </div>
      <div className={styles.found} aria-live="polite">
        {savedIndex < 0 ? <NotSaved /> : <FoundTable found={found} index={savedIndex} />}
      </div>
    </fieldset>
  );
}

const byEnding = '';
const formatNames = { csv: 'CSV', parquet: 'Parquet', json: 'JSON' } as const;
const formats: ComboboxOption[] = [
  { value: byEnding, label: 'By its ending' },
  ...tableFormats.map((format) => ({ value: format, label: formatNames[format] })),
];

function withFormat({ format: _, ...others }: TableRow, format: string): TableRow {
  return format === byEnding ? others : { ...others, format };
}

function tableRows(jsonData: object): readonly TableRow[] {
  const tables = settingAt(jsonData, 'duckdb.tables');
  return Array.isArray(tables) ? tables.map((table) => (isRecord(table) ? table : {})) : [];
}

/** The rows as they were when this version of the settings came. */
function useSaved(rows: readonly TableRow[], version: number | undefined): readonly TableRow[] {
  const [saved, setSaved] = useState({ rows, version });
  if (saved.version !== version) {
    setSaved({ rows, version });
    return rows;
  }
  return saved.rows;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ marginBottom: theme.spacing(2) }),
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1) }),
  path: css({ flex: '1 1 240px', maxWidth: 560 }),
  // Beside the inputs, below the labels.
  remove: css({ marginTop: theme.spacing(4) }),
  found: css({ marginTop: theme.spacing(0.5), overflowWrap: 'anywhere' }),
});
