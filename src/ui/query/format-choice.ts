import { formatOf, type QueryFormat } from '../../model/query.ts';
import type { QuiverQuery } from '../types.ts';

/** The formats as the editor shows them: `multi` is a time series with an option. */
export const formatChoices = [
  { value: 'time_series', label: 'Time series', description: 'A time column, columns of numbers, and labels' },
  { value: 'table', label: 'Table', description: 'The rows as they are' },
  { value: 'logs', label: 'Logs', description: 'A time, a text, and what else a log line has' },
  { value: 'traces', label: 'Traces', description: 'A span in each row' },
] as const satisfies readonly { value: Exclude<QueryFormat, 'multi'>; label: string; description: string }[];

export type FormatChoice = (typeof formatChoices)[number]['value'];

/** Undefined for a format that this version does not know. */
export function formatChoiceOf(query: Pick<QuiverQuery, 'format'>): FormatChoice | undefined {
  const known = formatOf(query);
  return known === 'multi' ? 'time_series' : known;
}

export function isMultiFrame(query: Pick<QuiverQuery, 'format'>): boolean {
  return formatOf(query) === 'multi';
}
