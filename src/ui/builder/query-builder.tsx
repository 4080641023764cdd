import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { EditorRow, EditorRows } from '@grafana/plugin-ui';
import { Alert, Input, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { BuilderQuery, BuilderTable } from '../../model/builder.ts';
import { formatOf } from '../../model/query.ts';
import type { ColumnPayload } from '../../model/resources.ts';
import type { QuiverDataSource } from '../datasource.ts';
import { ResourceProblem } from '../resource-problem.tsx';
import type { QuiverQuery } from '../types.ts';
import { useLoaded } from '../use-loaded.ts';
import { builderOf } from './builder-of.ts';
import { builderSql } from './builder-sql.ts';
import { columnChoices } from './column-choices.ts';
import { ColumnList } from './column-list.tsx';
import { defaultBuilder, unknownTable } from './default-builder.ts';
import { FilterList } from './filter-list.tsx';
import { GroupFields } from './group-fields.tsx';
import { loadColumns } from './load-catalog.ts';
import { OrderList } from './order-list.tsx';
import { Section } from './section.tsx';
import { settleBuilder } from './settle.ts';
import { TableFields } from './table-fields.tsx';

export interface QueryBuilderProps {
  readonly datasource: Pick<QuiverDataSource, 'resources'>;
  readonly query: QuiverQuery;
  readonly onChange: (query: QuiverQuery) => void;
  readonly onRunQuery: () => void;
}

const noColumns: readonly ColumnPayload[] = [];

/** Writes SQL from choices. Nothing runs before somebody asks for it. */
export default function QueryBuilder({ datasource, query, onChange, onRunQuery }: QueryBuilderProps) {
  const styles = useStyles2(stylesOf);
  const { resources } = datasource;
  const { builder, replacesSql } = useMemo(() => builderOf(query), [query]);
  const { name, schema } = builder.table ?? {};
  const loadTable = useCallback(
    async (signal: AbortSignal) =>
      name === undefined
        ? noColumns
        : await loadColumns(resources, { name, ...(schema !== undefined && { schema }) }, signal),
    [resources, name, schema],
  );
  const columns = useLoaded(loadTable);
  const known = columns.state === 'ready' ? columns.value : noColumns;
  const choices = useMemo(() => columnChoices(known), [known]);

  /** The table that still waits for its columns, to begin with what fits them. */
  const begun = useRef<BuilderTable>(undefined);
  const change = (next: BuilderQuery) => {
    begun.current = undefined;
    const settled = settleBuilder(next, known.length > 0 ? choices.names : undefined);
    onChange({ ...query, builder: settled, rawSql: builderSql(settled) });
  };
  const choose = (table: BuilderTable) => {
    change(unknownTable(table));
    begun.current = table;
  };
  useEffect(() => {
    const table = begun.current;
    if (table && columns.state === 'ready' && table.name === name && table.schema === schema) {
      change(defaultBuilder(formatOf(query), table, columns.value));
    }
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for what the Run button does
    <div onKeyDown={(event) => isRun(event) && onRunQuery()}>
      <EditorRows>
        {replacesSql && (
          <Alert severity="warning" title="The builder cannot show this SQL">
            It stays as it is until you choose something here, which replaces it. The code editor shows it.
          </Alert>
        )}
        <EditorRow>
          <TableFields resources={resources} table={builder.table} onChange={choose} />
          {columns.state === 'loading' && <LoadingPlaceholder text="Loading columns" />}
        </EditorRow>
        {columns.state === 'failed' && <ResourceProblem error={columns.error} onRetry={columns.retry} />}
        {builder.table && (
          <>
            <Section label="Columns">
              <ColumnList
                columns={builder.columns}
                choices={choices}
                onChange={(changed) => change({ ...builder, columns: changed })}
              />
            </Section>
            <Section label="Filters">
              <FilterList
                filters={builder.filters}
                choices={choices}
                onChange={(filters) => change({ ...builder, filters })}
              />
            </Section>
            <Section label="Group by">
              <GroupFields builder={builder} choices={choices} onChange={change} />
            </Section>
            <Section label="Order by">
              <OrderList builder={builder} choices={choices} onChange={(orderBy) => change({ ...builder, orderBy })} />
            </Section>
            <Section label="Limit">
              <Input
                aria-label="Limit"
                type="number"
                min={1}
                step={1}
                width={16}
                placeholder="No limit"
                value={builder.limit ?? ''}
                onChange={({ currentTarget }) => change(withLimit(builder, currentTarget.value))}
              />
            </Section>
            <figure className={styles.figure} aria-label="SQL">
              <pre className={styles.sql}>{builderSql(builder)}</pre>
            </figure>
          </>
        )}
      </EditorRows>
    </div>
  );
}

function isRun({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey);
}

function withLimit({ limit: _, ...builder }: BuilderQuery, text: string): BuilderQuery {
  const limit = Number(text);
  return text !== '' && Number.isSafeInteger(limit) && limit >= 0 ? { ...builder, limit } : builder;
}

const stylesOf = (theme: GrafanaTheme2) => ({
  figure: css({ margin: 0 }),
  sql: css({ margin: 0, padding: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
});
