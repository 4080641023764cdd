import { CoreApp } from '@grafana/data';
import { Button, Stack } from '@grafana/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { QuiverDataSource } from '../datasource.ts';
import type { QuiverQuery } from '../types.ts';
import { createAssistant } from './assistant.ts';
import { ExpandedSql } from './expanded-sql.tsx';
import { SqlEditor, type SqlProblem } from './sql-editor.tsx';
import type { RunContext } from './sql-request.ts';
import { askAbout, useValidation, type Validation } from './use-validation.ts';
import { ValidationLine } from './validation-line.tsx';

interface Props {
  readonly datasource: QuiverDataSource;
  readonly query: QuiverQuery;
  readonly context: RunContext;
  readonly app: CoreApp | undefined;
  /** Where the last run has failed, in the SQL as it is written. */
  readonly runProblem: SqlProblem | undefined;
  onChange(query: QuiverQuery): void;
  onRun(): void;
}

/** SQL with what the backend knows about it. Typing asks, but runs nothing. */
export function QueryCodeEditor({ datasource, query, context, app, runProblem, onChange, onRun }: Props) {
  const { rawSql = '' } = query;
  const { validation, check, forget } = useValidation(datasource);
  const [expanding, setExpanding] = useState(false);
  const [keepsLayout, setKeepsLayout] = useState(false);
  const assistant = useMemo(() => createAssistant(datasource.resources), [datasource]);
  const written = useRef(rawSql);
  const latest = useRef(query);
  // The same object while it is the same problem: Monaco moves its mark along with what is typed before it.
  const invalid = useMemo(() => problemOf(validation), [validation]);

  useEffect(() => {
    latest.current = query;
    if (rawSql !== written.current) {
      written.current = rawSql;
      forget();
    }
  });

  const change = (sql: string) => {
    const changed = { ...query, rawSql: sql };
    setKeepsLayout(false);
    written.current = sql;
    onChange(changed);
    check(changed, context);
  };

  const format = async () => {
    const formatted = await assistant.format(rawSql).catch(() => undefined);
    // Somebody may have typed on while the formatter was loaded.
    if (written.current !== rawSql) {
      return;
    }
    setKeepsLayout(formatted === undefined);
    if (formatted !== undefined && formatted !== rawSql) {
      onChange({ ...latest.current, rawSql: formatted });
    }
  };

  return (
    <Stack direction="column" gap={0.5}>
      <SqlEditor
        value={rawSql}
        label={`SQL of query ${query.refId}`}
        height={heightIn(app)}
        assistant={assistant}
        problem={invalid ?? runProblem}
        onChange={change}
        onRun={onRun}
      />
      <Stack gap={1} alignItems="flex-start" justifyContent="space-between" wrap="wrap">
        <ValidationLine validation={validation} keepsLayout={keepsLayout} />
        <Stack gap={0.5}>
          <Button
            variant="secondary"
            fill="text"
            size="sm"
            icon="brackets-curly"
            disabled={!rawSql.trim()}
            onClick={format}
          >
            Format
          </Button>
          <Button
            variant="secondary"
            fill="text"
            size="sm"
            icon="eye"
            disabled={!rawSql.trim()}
            tooltip="The SQL as the engine gets it: variables and macros replaced"
            onClick={() => setExpanding(true)}
          >
            Expanded SQL
          </Button>
        </Stack>
      </Stack>
      {expanding && (
        <ExpandedSql
          expand={(signal) => askAbout(datasource, { query, context }, signal)}
          onClose={() => setExpanding(false)}
        />
      )}
    </Stack>
  );
}

/** An alert rule has several steps below each other, Explore wants to show its results. */
function heightIn(app: CoreApp | undefined): number {
  switch (app) {
    case CoreApp.UnifiedAlerting:
    case CoreApp.CloudAlerting:
      return 140;
    case CoreApp.Explore:
      return 180;
    default:
      return 240;
  }
}

function problemOf(validation: Validation): SqlProblem | undefined {
  return validation.state === 'invalid' && validation.offset !== undefined
    ? { message: validation.error.message, offset: validation.offset }
    : undefined;
}
