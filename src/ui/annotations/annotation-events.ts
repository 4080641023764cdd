import {
  type AnnotationEvent,
  AnnotationEventFieldSource,
  type AnnotationEventMappings,
  type DataFrame,
  type Field,
  FieldType,
  textUtil,
} from '@grafana/data';

/** The columns that an annotation is made of. The backend writes their names so, whatever their letter case was. */
export const annotationColumns = [
  {
    key: 'time',
    help: 'When it happened: a timestamp, or a number of seconds or milliseconds since 1970',
  },
  { key: 'timeEnd', help: 'When it ended, for a region' },
  { key: 'title', help: 'A short headline' },
  { key: 'text', help: 'What happened' },
  { key: 'tags', help: 'Words to filter by, separated by commas' },
  { key: 'id', help: 'Tells one event from another' },
] as const;

type ColumnKey = (typeof annotationColumns)[number]['key'];

/** Where one part of an event comes from: a column, or the same text for all. */
type Source = Field | string | undefined;

/**
 * Rows to events. The mappings that a person chose come first, then the columns' names; without a column of that name, `time` is the first
 * of times, and `text` the first of texts. Rows without a time are left out.
 *
 * @throws Error where no column can be the time
 */
export function annotationEventsFrom(
  frames: readonly DataFrame[],
  mappings?: AnnotationEventMappings,
): AnnotationEvent[] {
  return frames.flatMap((frame) => eventsOf(frame, mappings ?? {}));
}

function eventsOf(frame: DataFrame, mappings: AnnotationEventMappings): AnnotationEvent[] {
  if (frame.length === 0) {
    return [];
  }
  const sources = new Map<ColumnKey, Source>(annotationColumns.map(({ key }) => [key, sourceOf(frame, key, mappings)]));
  const time = sources.get('time');
  if (typeof time !== 'object') {
    const names = frame.fields.map(({ name }) => name).join(', ');
    throw new Error(
      `Cannot show annotations: the query has no column for the time among ${names}. Name one of them time`,
    );
  }
  if (time.type !== FieldType.time && time.type !== FieldType.number) {
    throw new Error(
      `Cannot show annotations: the column ${time.name} has no times. Map a timestamp, or a number since 1970`,
    );
  }
  return Array.from({ length: frame.length }, (_, row) => eventAt(sources, row)).filter((event) => event !== undefined);
}

function sourceOf({ fields }: DataFrame, key: ColumnKey, mappings: AnnotationEventMappings): Source {
  const mapping = mappings[key];
  if (mapping?.source === AnnotationEventFieldSource.Skip) {
    return undefined;
  }
  if (mapping?.source === AnnotationEventFieldSource.Text) {
    return mapping.value;
  }
  const wanted = (mapping?.value || key).toLowerCase();
  const fallback = fallbacks[key];
  return (
    fields.find(({ name }) => name.toLowerCase() === wanted) ??
    (fallback && fields.find(({ name, type }) => type === fallback && !isTaken(name)))
  );
}

const fallbacks: Partial<Record<ColumnKey, FieldType>> = { time: FieldType.time, text: FieldType.string };

/** A column that is named for one part is no other part's. */
function isTaken(name: string): boolean {
  return annotationColumns.some(({ key }) => key.toLowerCase() === name.toLowerCase());
}

function eventAt(sources: ReadonlyMap<ColumnKey, Source>, row: number): AnnotationEvent | undefined {
  const partOf = (key: ColumnKey) => valueAt(sources.get(key), row);
  const time = timeMsOf(sources.get('time'), row);
  if (time === undefined) {
    return undefined;
  }
  const timeEnd = timeMsOf(sources.get('timeEnd'), row);
  const isRegion = timeEnd !== undefined && timeEnd > time;
  return {
    time,
    ...(isRegion && { timeEnd, isRegion }),
    ...textOf('title', shownText(sources.get('title'), row)),
    ...textOf('text', shownText(sources.get('text'), row)),
    ...textOf('id', partOf('id')),
    tags: tagsOf(partOf('tags')),
  };
}

/**
 * The backend makes times of the columns that it knows. One that a person has mapped may have numbers: of seconds, milliseconds,
 * microseconds or nanoseconds, by their size, as in time series.
 */
function timeMsOf(source: Source, row: number): number | undefined {
  const value: unknown = typeof source === 'object' ? source.values[row] : undefined;
  if (typeof source !== 'object' || typeof value !== 'number' || !Number.isFinite(value)) {
    return undefined;
  }
  if (source.type === FieldType.time) {
    return value;
  }
  const size = Math.abs(value);
  return Math.floor(value * (size < 1e11 ? 1e3 : size < 1e14 ? 1 : size < 1e17 ? 1e-3 : 1e-6));
}

function valueAt(source: Source, row: number): unknown {
  return typeof source === 'object' ? source.values[row] : source;
}

/**
 * Grafana's tooltip takes title and text for HTML, of which it leaves pictures, links and styles (AnnotationTooltipBody.tsx). A column's value
 * may be anybody's, so it is escaped, and read there as it stands here; what a person has written into the mapping is that person's HTML.
 */
function shownText(source: Source, row: number): unknown {
  const value = valueAt(source, row);
  return typeof source === 'object' && value !== null && value !== undefined
    ? textUtil.escapeHtml(String(value))
    : value;
}

function textOf(key: 'title' | 'text' | 'id', value: unknown): Partial<AnnotationEvent> {
  return value === null || value === undefined ? {} : { [key]: String(value) };
}

/** `a,b`, or a list, as JSON too. */
function tagsOf(value: unknown): string[] {
  const list = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.map(String) : [];
  return list.map((tag) => tag.trim()).filter((tag) => tag !== '');
}
