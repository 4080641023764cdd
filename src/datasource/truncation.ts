import type { Notice } from '../frame/metadata.ts';
import type { Collected } from './collect.ts';
import { DatasourceError } from './errors.ts';
import type { Limits } from './limits.ts';

/** Alert rules and server-side expressions act on values alone, so that a cut result must not look whole to them. */
export function readsNoNotices(headers: ReadonlyMap<string, string>): boolean {
  // Grafana's names: FromAlert as it is (ngalert/models), the other with or without the prefix of forwarded headers (pkg/expr).
  const telling = new Set(['fromalert', 'x-grafana-from-expr', 'http_x-grafana-from-expr', 'http_fromalert']);
  return [...headers].some(([name, value]) => telling.has(name.toLowerCase()) && value === 'true');
}

/** What they get instead of a cut result. */
export function limitError({ truncatedBy }: Collected, limits: Limits): DatasourceError {
  return truncatedBy === 'rows'
    ? new DatasourceError('rows_exceeded', `The result has more than ${limits.rows} rows`, { hint: limitHint })
    : new DatasourceError('bytes_exceeded', `The result has more than ${limits.bytes} bytes`, { hint: limitHint });
}

const limitHint = 'Aggregate or filter more, or raise the limit in the settings of the data source';

/** What everybody else reads above it. */
export function truncationNotice({ truncatedBy, rowCount }: Collected, limits: Limits): Notice {
  const limit = truncatedBy === 'rows' ? `${limits.rows} rows` : `${limits.bytes} bytes`;
  return {
    severity: 'warning',
    text: `Only the first ${rowCount} rows are shown: the result is larger than the limit of ${limit}. ${limitHint}`,
  };
}
