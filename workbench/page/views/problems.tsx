import type { PanelData, QueryResultMetaNotice } from '@grafana/data';
import { Alert } from '@grafana/ui';

/** The errors of an answer, then the notices of its frames, each once. */
export function Problems({ data }: { readonly data: PanelData }) {
  const errors = data.errors ?? (data.error ? [data.error] : []);
  const notices = new Map<string, QueryResultMetaNotice>(
    data.series.flatMap(({ meta }) => meta?.notices ?? []).map((notice) => [notice.text, notice]),
  );
  return (
    <>
      {[...errors.entries()].map(([place, { message, data: body }]) => (
        <Alert key={place} severity="error" title="Query error">
          {message ?? body?.message ?? 'The query failed'}
        </Alert>
      ))}
      {[...notices.values()].map(({ text, severity }) => (
        <Alert key={text} severity={severity} title={text} />
      ))}
    </>
  );
}
