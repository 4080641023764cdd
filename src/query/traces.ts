import type { Column, Field, RecordBatch, VariableColumn } from '../frame/column.ts';
import type { Frame } from '../frame/frame.ts';
import type { FrameMeta, Notice } from '../frame/metadata.ts';
import { rowsPerStep, type Steps } from '../steps/steps.ts';
import { findColumn } from './column-names.ts';
import { QueryError } from './errors.ts';
import { lossNotices } from './losses.ts';
import { mapBatches } from './map-batches.ts';
import { type Result, rowCountOf } from './result.ts';
import { durationColumn, spanColumn } from './span-values.ts';
import { textAt } from './text-column.ts';
import { isNumeric, withTimestamps } from './time-column.ts';
import { endNames, type SpanField, spanFields, spanTypes } from './trace-columns.ts';
import { writtenColumn } from './written-column.ts';

const meta: FrameMeta = { preferredVisualisationType: 'trace' };

/**
 * Makes the frame of spans that Grafana's trace view takes, a row for each span.
 *
 * @throws QueryError `column_missing`, `column_type` where there are rows
 */
export function* traceSpans(
  result: Result,
): Steps<{ readonly frames: readonly Frame[]; readonly notices: readonly Notice[] }> {
  const { spans, end } = spanColumnsOf(result.fields);
  const start = spans.get(startField) ?? -1;
  if (rowCountOf(result) > 0) {
    checkColumns(spans, end, result.fields);
  }
  const timed = yield* withTimestamps(yield* withTimestamps(result, start), end);
  const shown = spanFields.filter((one) => spans.has(one) || one.isAlways || (one === durationField && end !== -1));
  const makerOf = (one: SpanField) => {
    const index = spans.get(one);
    return ({ columns, rowCount }: RecordBatch): Steps<Column> => {
      if (index !== undefined) {
        return spanColumn(one.value, timed.fields[index] as Field, columns[index] as Column);
      }
      return one === durationField
        ? durationColumn(columns[start] as Column, columns[end] as Column)
        : emptyLists(rowCount);
    };
  };
  const frame: Frame = {
    meta,
    fields: shown.map(({ name, value }) => ({ name, type: spanTypes[value] })),
    batches: yield* mapBatches(timed.batches, shown.map(makerOf)),
  };
  const used = new Set([...spans.values(), end]);
  return {
    frames: [frame],
    notices: [
      ...lossNotices(timed, ['time', 'notFinite', 'notJson']),
      ...(yield* severalNotice(frame)),
      ...unusedNotice(result.fields.filter((_, index) => !used.has(index))),
    ],
  };
}

const startField = spanFields.find(({ name }) => name === 'startTime') as SpanField;
const durationField = spanFields.find(({ name }) => name === 'duration') as SpanField;

/** Exact names go first, so that `name` is no operation where there is an `operation_name`. No two fields share a name. */
function spanColumnsOf(fields: readonly Field[]): { spans: ReadonlyMap<SpanField, number>; end: number } {
  const spans = new Map<SpanField, number>();
  for (const namesOf of [({ name }: SpanField) => [name], ({ aliases }: SpanField) => aliases]) {
    for (const one of spanFields) {
      const index = spans.has(one) ? -1 : findColumn(fields, namesOf(one));
      if (index !== -1) {
        spans.set(one, index);
      }
    }
  }
  return { spans, end: spans.has(durationField) ? -1 : findColumn(fields, endNames) };
}

function checkColumns(spans: ReadonlyMap<SpanField, number>, end: number, fields: readonly Field[]): void {
  const missing = spanFields.find((one) => one.isNeeded && !spans.has(one) && !(one === durationField && end !== -1));
  if (missing !== undefined) {
    const others = missing === durationField ? ['endTime'] : missing.aliases;
    throw new QueryError('column_missing', `Cannot make spans: the result has no column ${missing.name}`, {
      hint: `Name one so${others.length > 0 ? `, or ${others.join(', ')}` : ''}; there are ${fields.map(({ name }) => name).join(', ')}`,
    });
  }
  const endField = fields[end];
  if (endField !== undefined && endField.type !== 'timestamp' && !isNumeric(endField.type)) {
    throw new QueryError(
      'column_type',
      `Cannot make spans: the column ${endField.name} is ${endField.type}, not a time`,
      {
        hint: 'Cast it to TIMESTAMP, or select a duration',
      },
    );
  }
}

function emptyLists(rowCount: number): Steps<Column> {
  return writtenColumn(rowCount, (out) => {
    out.appendAscii('[]');
    return true;
  });
}

/** The view draws all spans as one trace, by the id of the first. */
function* severalNotice({ fields, batches }: Frame): Steps<readonly Notice[]> {
  const index = fields.findIndex(({ name }) => name === 'traceID');
  const ids = new Set<string>();
  for (const { columns, rowCount } of index === -1 ? [] : batches) {
    for (let row = 0; row < rowCount; row++) {
      if (row % rowsPerStep === 0) {
        yield;
      }
      const id = textAt(columns[index] as VariableColumn, row);
      if (id !== null) {
        ids.add(id);
      }
    }
  }
  return ids.size < 2
    ? []
    : [{ severity: 'warning', text: `The spans are of ${ids.size} traces, which the trace view draws as one` }];
}

function unusedNotice(fields: readonly Field[]): readonly Notice[] {
  const names = fields.map(({ name }) => name).join(', ');
  return fields.length === 0
    ? []
    : [{ severity: 'info', text: `Not part of a span, and left out: ${names}. Put them into tags to see them` }];
}
