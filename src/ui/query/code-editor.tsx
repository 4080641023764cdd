import { CoreApp } from '@grafana/data';
import { Button, Stack } from '@grafana/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { QuiverDataSource } from '../datasource.ts';
import type { QuiverQuery } from '../types.ts';
import { createAssistant } from './assistant.ts';
import { ExpandedSql } from './expanded-sql.tsx';
import { SqlEditor, type SqlProblem } from './sql-editor.tsx';
import type { SqlAssistant } from './sql-language.ts';
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
  const [layoutProblem, setLayoutProblem] = useState<string>();
  const assistant = useMemo(() => createAssistant(datasource.resources), [datasource]);
  /** Undefined once the editor is gone. */
  const written = useRef<string | undefined>(rawSql);
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

  useEffect(
    () => () => {
      written.current = undefined;
    },
    [],
  );

  const change = (sql: string) => {
    const changed = { ...query, rawSql: sql };
    setLayoutProblem(undefined);
    written.current = sql;
    onChange(changed);
    check(changed, context);
  };

  const format = async () => {
    const { sql = rawSql, problem } = await layOut(assistant, rawSql);
    // Somebody may have typed on while the formatter was loaded, or gone.
    if (written.current !== rawSql) {
      return;
    }
    setLayoutProblem(problem);
    if (sql !== rawSql) {
      onChange({ ...latest.current, rawSql: sql });
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
        <ValidationLine validation={validation} layoutProblem={layoutProblem} />
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

interface Layout {
  readonly sql?: string;
  /** Why there is none. */
  readonly problem?: string;
}

async function layOut(assistant: SqlAssistant, rawSql: string): Promise<Layout> {
  try {
    const sql = await assistant.format(rawSql);
    return sql === undefined ? { problem: 'it cannot be laid out without changing it' } : { sql };
  } catch {
    return { problem: 'the formatter cannot be loaded' };
  }
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
