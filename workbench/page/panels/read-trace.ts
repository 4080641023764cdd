import { type DataFrame, DataFrameView } from '@grafana/data';

interface SpanRow {
  readonly traceID: string;
  readonly spanID: string;
  readonly parentSpanID?: string | null;
  readonly operationName: string;
  readonly serviceName: string;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  /** Milliseconds. */
  readonly duration: number;
}

export interface Span extends SpanRow {
  /** How many spans it is below: 0 for the first. */
  readonly depth: number;
}

/** The spans of a trace frame, each below its parent, in the order of their starts. */
export function readTrace(frame: DataFrame): Span[] {
  const rows = new DataFrameView<SpanRow>(frame).toArray().map((row) => ({ ...row }));
  const ids = new Set(rows.map(({ spanID }) => spanID));
  const parentOf = ({ parentSpanID }: SpanRow) => (parentSpanID && ids.has(parentSpanID) ? parentSpanID : '');
  const children = Map.groupBy(
    rows.sort((a, b) => a.startTime - b.startTime),
    parentOf,
  );
  const spans: Span[] = [];
  const visit = (parent: string, depth: number): void => {
    for (const row of children.get(parent) ?? []) {
      spans.push({ ...row, depth });
      visit(row.spanID, depth + 1);
    }
  };
  visit('', 0);
  return spans;
}

export function isTrace({ meta, fields }: DataFrame): boolean {
  return meta?.preferredVisualisationType === 'trace' && fields.some(({ name }) => name === 'spanID');
}
