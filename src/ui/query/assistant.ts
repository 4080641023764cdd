import { getTemplateSrv } from '@grafana/runtime';
import type { Resources } from '../resources.ts';
import { withLastAnswer } from './completion-source.ts';
import { withRest } from './rest.ts';
import type { SqlAssistant } from './sql-language.ts';

/** How long a backend that is gone is left alone. */
const restMs = 10_000;

/** What an editor of SQL is told by the backend and the dashboard. */
export function createAssistant(resources: Resources): SqlAssistant {
  const complete = withRest(
    withLastAnswer((request, signal) => resources.completions(request, signal)),
    restMs,
  );
  return {
    complete: (rawSql, position, signal) => complete({ rawSql, position }, signal),
    variables: () => getTemplateSrv().getVariables(),
    async format(sql) {
      const { formatSql } = await import(/* webpackChunkName: "format-sql" */ './format-sql.ts');
      return formatSql(sql);
    },
  };
}
