import type { Column, Field, RecordBatch } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import type { FrameMeta, Notice } from '../frame/metadata.ts';
import type { Steps } from '../steps/steps.ts';
import { counted } from './counted.ts';
import { QueryError } from './errors.ts';
import { labelsColumn } from './labels-column.ts';
import { type LogColumns, logColumnsOf, logNames, noTimeError } from './log-columns.ts';
import { lossNotices } from './losses.ts';
import { asItIs, mapBatches } from './map-batches.ts';
import { type Result, rowCountOf } from './result.ts';
import { textColumn } from './text-column.ts';
import { withTimestamps } from './time-column.ts';

const meta: FrameMeta = { type: 'log-lines', typeVersion: [0, 0], preferredVisualisationType: 'logs' };

/**
 * Makes the frame of log lines that the data plane contract describes: `timestamp`, `body`, and where there are any `severity`, `id` and
 * `labels`. Rows stay in their order; Grafana's views sort them.
 *
 * @throws QueryError `no_time_column`, `column_missing` where there are rows
 */
export function* logLines(
  result: Result,
): Steps<{ readonly frames: readonly Frame[]; readonly notices: readonly Notice[] }> {
  const columns = logColumnsOf(result.fields);
  if (rowCountOf(result) > 0) {
    checkColumns(columns);
  }
  const timed = yield* withTimestamps(result, columns.time);
  const parts = partsOf(timed.fields, columns);
  const frame: Frame = {
    meta,
    fields: parts.map(({ name, type }) => ({ name, type })),
    batches: yield* mapBatches(
      timed.batches,
      parts.map(({ make }) => make),
    ),
  };
  return {
    frames: [frame],
    notices: [...lossNotices(timed, ['time', 'notFinite', 'notJson']), ...withoutTime(timed, columns)],
  };
}

function checkColumns({ time, body }: LogColumns): void {
  if (time === -1) {
    noTimeError('make log lines');
  }
  if (body === -1) {
    throw new QueryError('column_missing', 'Cannot make log lines: the result has no column of text for the body', {
      hint: `Name one ${logNames.body.join(', ')}`,
    });
  }
}

interface Part extends Field {
  make(batch: RecordBatch): Steps<Column>;
}

function partsOf(fields: readonly Field[], { time, body, severity, id, labels }: LogColumns): readonly Part[] {
  const asText = (name: string, index: number): Part[] => {
    const field = fields[index];
    return field === undefined
      ? []
      : [{ name, type: 'utf8', make: (batch) => textColumn(field, columnAt(batch, index)) }];
  };
  return [
    ...(time === -1
      ? []
      : [{ name: 'timestamp', type: 'timestamp', make: (batch) => asItIs(columnAt(batch, time)) } satisfies Part]),
    ...asText('body', body),
    ...asText('severity', severity),
    ...asText('id', id),
    ...(labels.length === 0
      ? []
      : [{ name: 'labels', type: 'json', make: (batch) => labelsColumn(batch, labels) } satisfies Part]),
  ];
}

function columnAt({ columns }: RecordBatch, index: number): Column {
  return columns[index] as Column;
}

/** Grafana shows those lines with a broken time. */
function withoutTime({ fields, batches }: Result, { time }: LogColumns): readonly Notice[] {
  const count = batches.reduce((sum, { columns }) => sum + (columns[time]?.nullCount ?? 0), 0);
  return count === 0
    ? []
    : [
        {
          severity: 'warning',
          text: `${counted(count, 'line')} ${count === 1 ? 'has' : 'have'} no time, since ${fields[time]?.name} is empty`,
        },
      ];
}
