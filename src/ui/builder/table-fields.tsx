import { EditorField } from '@grafana/plugin-ui';
import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { BuilderTable } from '../../model/builder.ts';
import type { TablesPayload } from '../../model/resources.ts';
import { ResourceProblem } from '../resource-problem.tsx';
import type { ResourceError, Resources } from '../resources.ts';
import { useLoaded } from '../use-loaded.ts';
import { tableSql } from './builder-sql.ts';
import { loadSchemas } from './load-catalog.ts';

interface Props {
  readonly resources: Resources;
  readonly table: BuilderTable | undefined;
  readonly onChange: (table: BuilderTable) => void;
}

/** The engine's own schema, where tables of the settings are. */
const usualSchema = 'main';
/** As many as somebody scrolls through before typing. */
const pageSize = 100;

/** Chooses a table of the catalogue: a page of names, and what somebody types looks in all of them. */
export function TableFields({ resources, table, onChange }: Props) {
  const [schemaId, tableId] = [useId(), useId()];
  const [chosen, choose] = useState<{ readonly schema: string | undefined; readonly besideTable: string }>();
  const [problem, setProblem] = useState<ResourceError>();
  const schemas = useLoaded(useCallback((signal: AbortSignal) => loadSchemas(resources, signal), [resources]));
  const names = schemas.state === 'ready' ? schemas.value.map(({ name }) => name) : [];
  const shown = table ? tableSql(table) : '';
  // Where somebody has looked around or chosen, until the query has another table.
  const looked = chosen?.besideTable === shown ? chosen.schema : undefined;
  const schema = looked ?? table?.schema ?? (names.includes(usualSchema) ? usualSchema : names[0]);

  const asking = useRef<AbortController>(undefined);
  useEffect(() => () => asking.current?.abort(), []);
  const options = async (search: string): Promise<ComboboxOption<string>[]> => {
    asking.current?.abort();
    asking.current = new AbortController();
    const { signal } = asking.current;
    if (schema === undefined) {
      return [];
    }
    try {
      const page = await resources.tables(schema, { limit: pageSize, signal, ...(search !== '' && { search }) });
      setProblem(undefined);
      return tableOptions(page);
    } catch (failure) {
      if (!signal.aborted) {
        setProblem(failure as ResourceError);
      }
      return [];
    }
  };

  return (
    <>
      {names.length > 1 && (
        <EditorField label="Schema" htmlFor={schemaId}>
          <Combobox
            id={schemaId}
            width={24}
            options={names.map((value) => ({ value }))}
            value={schema ?? null}
            onChange={({ value }) => choose({ schema: value, besideTable: shown })}
          />
        </EditorField>
      )}
      <EditorField label="Table" htmlFor={tableId}>
        <Combobox
          // Names that another schema has given are none of this one's.
          key={schema}
          id={tableId}
          width={40}
          placeholder="Choose a table"
          loading={schemas.state === 'loading'}
          disabled={schema === undefined}
          noOptionsMessage="No table has such a name"
          options={options}
          value={table ? { value: shown, label: table.name } : null}
          onChange={({ value, label = value }) => {
            if (value !== shown) {
              choose({ schema, besideTable: value });
              onChange(tableNamed(value, schema, label));
            }
          }}
        />
      </EditorField>
      {schemas.state === 'failed' && <ResourceProblem error={schemas.error} onRetry={schemas.retry} />}
      {problem && <ResourceProblem error={problem} onRetry={() => void options('')} />}
      {schema !== undefined && !table && <EmptySchema resources={resources} schema={schema} />}
      {schemas.state === 'ready' && schema === undefined && <NoTables />}
    </>
  );
}

function tableOptions({ items, next }: TablesPayload): ComboboxOption<string>[] {
  const options = items.map(({ name, sql, kind }) => ({
    value: sql,
    label: name,
    ...(kind === 'view' && { description: 'View' }),
  }));
  const more = { value: '', label: 'There are more: type a part of the name', infoOption: true };
  return next === undefined ? options : [...options, more];
}

/** No more than is needed for SQL to name it so. */
function tableNamed(sql: string, schema: string | undefined, name: string): BuilderTable {
  const choices: readonly BuilderTable[] = [{ name }, ...(schema === undefined ? [] : [{ schema, name }])];
  return choices.find((table) => tableSql(table) === sql) ?? { ...(schema !== undefined && { schema }), name, sql };
}

function EmptySchema({ resources, schema }: { readonly resources: Resources; readonly schema: string }) {
  const first = useLoaded(
    useCallback((signal: AbortSignal) => resources.tables(schema, { limit: 1, signal }), [resources, schema]),
  );
  if (first.state === 'failed') {
    return <ResourceProblem error={first.error} onRetry={first.retry} />;
  }
  return first.state === 'ready' && first.value.items.length === 0 ? <NoTables /> : null;
}

function NoTables() {
  return (
    <p role="status">There are no tables yet. The data source's settings say which files and databases it reads.</p>
  );
}
