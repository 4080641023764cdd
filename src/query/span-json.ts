import { plainName } from './column-names.ts';

interface Tag {
  readonly key: string;
  readonly value: unknown;
}

/** What a column of a trace holds: JSON, or a text that may be JSON; a text that is none is itself. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An object's members as Grafana's list of keys and values; such a list is what it was, and what is neither has the given name. */
export function tagsFrom(value: unknown, name = 'value'): readonly Tag[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const members = membersOf(item);
      const key = members.get('key');
      return key === undefined || key === null ? [] : [{ key: textOf(key), value: members.get('value') ?? null }];
    });
  }
  const members = isObject(value) ? Object.entries(value) : [[name, value ?? null] as const];
  return members.flatMap(([key, member]) => (member === null ? [] : [{ key, value: member }]));
}

/** Events of a span, as OpenTelemetry and Jaeger have them; their times become milliseconds. */
export function eventsFrom(value: unknown): readonly object[] {
  return listOf(value).map((item) => {
    const members = membersOf(item);
    const name = members.get('name');
    return {
      timestamp: millisecondsOf(members.get('timestamp') ?? members.get('time') ?? members.get('timeunixnano')),
      fields: tagsFrom(members.get('fields') ?? members.get('attributes') ?? members.get('tags')),
      ...(typeof name === 'string' && { name }),
    };
  });
}

/** Links to other spans. What names no span is left out. */
export function referencesFrom(value: unknown): readonly object[] {
  return listOf(value).flatMap((item) => {
    const members = membersOf(item);
    const [traceID, spanID] = [members.get('traceid'), members.get('spanid')];
    return traceID === undefined || spanID === undefined
      ? []
      : [
          {
            traceID: textOf(traceID),
            spanID: textOf(spanID),
            tags: tagsFrom(members.get('tags') ?? members.get('attributes')),
          },
        ];
  });
}

export function textsFrom(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => item !== null && item !== undefined).map(textOf);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** An object's members by their plain names. */
function membersOf(item: unknown): ReadonlyMap<string, unknown> {
  return new Map(isObject(item) ? Object.entries(item).map(([key, value]) => [plainName(key), value]) : []);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Of a number of seconds, milliseconds, microseconds or nanoseconds by its size, or a time as text, UTC without a zone. */
function millisecondsOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') {
    const size = Math.abs(number);
    return size < 1e11 ? number * 1e3 : size < 1e14 ? number : size < 1e17 ? number / 1e3 : number / 1e6;
  }
  if (typeof number !== 'string') {
    return null;
  }
  const iso = number.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  const timeMs = Date.parse(/[Zz]|[+-]\d\d:\d\d$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(timeMs) ? null : timeMs;
}
