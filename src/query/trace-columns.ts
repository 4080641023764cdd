import type { FieldType } from '../frame/column.ts';

/** How a column's values become a field's. */
export type SpanValue = 'text' | 'time' | 'duration' | 'kind' | 'status' | 'tags' | 'events' | 'references' | 'texts';

export interface SpanField {
  /** As Grafana's trace view calls it. */
  readonly name: string;
  readonly value: SpanValue;
  /** Further names that columns go by, letter case, blanks, `_`, `-` and `.` aside. */
  readonly aliases: readonly string[];
  /** Whether a trace cannot be drawn without it. */
  readonly isNeeded?: true;
  /** What stands in its place where no column is: only tags, which the view reads unseen. */
  readonly isAlways?: true;
}

/** The fields of a trace's frame (TraceSpanRow in @grafana/data); docs/queries.md says the same. */
export const spanFields: readonly SpanField[] = [
  { name: 'traceID', value: 'text', aliases: ['trace'], isNeeded: true },
  { name: 'spanID', value: 'text', aliases: ['span'], isNeeded: true },
  { name: 'parentSpanID', value: 'text', aliases: ['parentID', 'parent'] },
  { name: 'operationName', value: 'text', aliases: ['spanName', 'operation', 'name'], isNeeded: true },
  { name: 'serviceName', value: 'text', aliases: ['service'], isNeeded: true },
  { name: 'serviceNamespace', value: 'text', aliases: [] },
  {
    name: 'serviceTags',
    value: 'tags',
    aliases: ['resourceAttributes', 'resourceTags', 'processTags'],
    isAlways: true,
  },
  { name: 'startTime', value: 'time', aliases: ['start', 'timestamp', 'time', 'startTimeUnixNano'], isNeeded: true },
  {
    name: 'duration',
    value: 'duration',
    aliases: [
      'durationMs',
      'durationUs',
      'durationMicros',
      'durationNs',
      'durationNano',
      'durationNanos',
      'durationSeconds',
    ],
    isNeeded: true,
  },
  { name: 'tags', value: 'tags', aliases: ['attributes', 'spanAttributes', 'spanTags'], isAlways: true },
  { name: 'logs', value: 'events', aliases: ['events', 'spanEvents'] },
  { name: 'references', value: 'references', aliases: ['links', 'spanLinks'] },
  { name: 'kind', value: 'kind', aliases: ['spanKind'] },
  { name: 'statusCode', value: 'status', aliases: ['status'] },
  { name: 'statusMessage', value: 'text', aliases: [] },
  { name: 'instrumentationLibraryName', value: 'text', aliases: ['scopeName'] },
  { name: 'instrumentationLibraryVersion', value: 'text', aliases: ['scopeVersion'] },
  { name: 'traceState', value: 'text', aliases: [] },
  { name: 'warnings', value: 'texts', aliases: [] },
  { name: 'stackTraces', value: 'texts', aliases: [] },
  { name: 'errorIconColor', value: 'text', aliases: [] },
];

/** The end of a span, which stands for a duration. */
export const endNames: readonly string[] = ['endTime', 'end', 'endTimeUnixNano'];

export const spanTypes = {
  text: 'utf8',
  time: 'float64',
  duration: 'float64',
  kind: 'utf8',
  status: 'int64',
  tags: 'json',
  events: 'json',
  references: 'json',
  texts: 'json',
} as const satisfies Readonly<Record<SpanValue, FieldType>>;
