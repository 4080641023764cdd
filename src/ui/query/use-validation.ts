import { useEffect, useRef, useState } from 'react';
import type { ErrorPayload, ValidatePayload } from '../../model/resources.ts';
import type { QuiverDataSource } from '../datasource.ts';
import { type Failure, sentence } from '../failure.ts';
import type { QuiverQuery } from '../types.ts';
import { createLatest, type Latest } from './latest.ts';
import { originalOffset } from './original-offset.ts';
import { withRest } from './rest.ts';
import { type RunContext, sqlRequest } from './sql-request.ts';

/** What is known of the SQL that somebody writes. */
export type Validation =
  /** Nothing was asked yet, or there is no SQL. */
  | { readonly state: 'unknown' }
  | { readonly state: 'valid' }
  /** `offset` is in the SQL as it is written; it is missing where it cannot be told. */
  | { readonly state: 'invalid'; readonly error: ErrorPayload; readonly offset?: number }
  /** The backend is out of reach; the SQL may be fine. */
  | { readonly state: 'unchecked'; readonly reason: string };

interface Asked {
  readonly query: QuiverQuery;
  readonly context: RunContext;
}

const pauseMs = 500;
const restMs = 10_000;

/** Asks the backend about the SQL when typing pauses. Nothing runs. */
export function useValidation(datasource: QuiverDataSource): {
  readonly validation: Validation;
  check(query: QuiverQuery, context: RunContext): void;
  /** The SQL is another now, and nothing is known of it. */
  forget(): void;
} {
  const [validation, setValidation] = useState<Validation>({ state: 'unknown' });
  const latest = useRef<Latest<Asked, Validation>>(undefined);
  useEffect(() => {
    const validate = withRest((asked: Asked, signal: AbortSignal) => validateQuery(datasource, asked, signal), restMs);
    latest.current = createLatest(pauseMs, validate);
    return () => latest.current?.stop();
  }, [datasource]);
  return {
    validation,
    async check(query, context) {
      if (!query.rawSql?.trim()) {
        latest.current?.stop();
        setValidation({ state: 'unknown' });
        return;
      }
      // Of what is written now, nobody has said so yet; an error stays, and moves with its text.
      setValidation((last) => (last.state === 'valid' ? { state: 'unknown' } : last));
      const answer = await latest.current
        ?.ask({ query, context })
        .catch((error: Failure): Validation => ({ state: 'unchecked', reason: sentence(error) }));
      if (answer) {
        setValidation(answer);
      }
    },
    forget() {
      latest.current?.stop();
      setValidation({ state: 'unknown' });
    },
  };
}

/** The query's SQL as the backend would get it, and what it says of it. */
export function askAbout(
  datasource: QuiverDataSource,
  { query, context }: Asked,
  signal?: AbortSignal,
): Promise<ValidatePayload> {
  return datasource.resources.validate(sqlRequest(replaced(datasource, query, context), context), signal);
}

async function validateQuery(datasource: QuiverDataSource, asked: Asked, signal: AbortSignal): Promise<Validation> {
  const answer = await askAbout(datasource, asked, signal);
  if (answer.valid) {
    return { state: 'valid' };
  }
  const { error } = answer;
  const offset = error.position === undefined ? undefined : offsetIn(datasource, asked, error.position);
  return { state: 'invalid', error, ...(offset !== undefined && { offset }) };
}

/** Where a place of the SQL that was sent lies in the SQL as it is written. */
export function offsetIn(
  datasource: QuiverDataSource,
  { query, context }: Asked,
  position: number,
): number | undefined {
  return originalOffset(
    query.rawSql ?? '',
    position,
    (rawSql) => replaced(datasource, { ...query, rawSql }, context).rawSql ?? '',
  );
}

function replaced(datasource: QuiverDataSource, query: QuiverQuery, { data }: RunContext): QuiverQuery {
  const request = data?.request;
  return datasource.applyTemplateVariables(query, request?.scopedVars ?? {}, request?.filters);
}
