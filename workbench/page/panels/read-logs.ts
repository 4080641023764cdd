import { type DataFrame, type Field, FieldType, type Labels } from '@grafana/data';

/** A line of a log-lines frame. */
export interface LogLine {
  readonly row: number;
  readonly timeMs: number;
  readonly body: string;
  readonly severity: string;
  readonly id: string;
  readonly labels: Labels;
}

/** The lines of a frame of the type log-lines, by the names that the contract gives to its fields. */
export function readLogs(frame: DataFrame): LogLine[] {
  const [timestamp, body, severity, id, labels] = ['timestamp', 'body', 'severity', 'id', 'labels'].map((name) =>
    frame.fields.find((field) => field.name === name),
  );
  return Array.from({ length: frame.length }, (_, row) => ({
    row,
    timeMs: Number(timestamp?.values[row]),
    body: textAt(body, row),
    severity: textAt(severity, row),
    id: textAt(id, row) || String(row),
    labels: labelsAt(labels, row),
  }));
}

export function isLogs({ meta, fields }: DataFrame): boolean {
  return (
    meta?.type === 'log-lines' ||
    (meta?.preferredVisualisationType === 'logs' && fields.some(({ name }) => name === 'body'))
  );
}

function textAt(field: Field | undefined, row: number): string {
  const value: unknown = field?.values[row];
  return value === null || value === undefined ? '' : String(value);
}

function labelsAt(field: Field | undefined, row: number): Labels {
  const value: unknown = field?.type === FieldType.other ? field.values[row] : undefined;
  return typeof value === 'object' && value !== null ? (value as Labels) : {};
}
