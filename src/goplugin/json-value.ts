const maxTextLength = 8_192;
const maxEntries = 100;
const maxDepth = 5;

/**
 * Any value as one that `JSON.stringify` writes without throwing: what JSON does not know (bigint, NaN, a function, an
 * error, bytes) becomes text, a cycle is named, a getter that throws too; long texts, long lists and deep trees are cut.
 */
export function toJson(value: unknown): unknown {
  return convert(value, []);
}

function convert(value: unknown, ancestors: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      return cut(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : convertObject(value, ancestors);
    case 'undefined':
      return null;
    case 'function':
      return `[function ${value.name}]`;
    default:
      return cut(String(value));
  }
}

function convertObject(value: object, ancestors: readonly object[]): unknown {
  if (ancestors.includes(value)) {
    return '[circular]';
  }
  if (ancestors.length >= maxDepth) {
    return '[deeper]';
  }
  try {
    return convertKnown(value, [...ancestors, value]);
  } catch (error) {
    // A proxy or a getter may throw anything, even when asked what it is.
    return `[unreadable${error instanceof Error ? `: ${cut(error.message)}` : ''}]`;
  }
}

function convertKnown(value: object, ancestors: readonly object[]): unknown {
  if (value instanceof Error) {
    return cut(describeError(value));
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return `[${value.byteLength} bytes]`;
  }
  if (value instanceof Map) {
    return convertEntries(
      [...value].map(([key, item]) => [String(key), () => item]),
      ancestors,
    );
  }
  if (Array.isArray(value) || value instanceof Set) {
    const items = [...value];
    const kept = items.slice(0, maxEntries).map((item) => convert(item, ancestors));
    return items.length > maxEntries ? [...kept, `[${items.length - maxEntries} more]`] : kept;
  }
  return convertEntries(
    Object.keys(value).map((key) => [key, () => (value as Record<string, unknown>)[key]]),
    ancestors,
  );
}

function convertEntries(entries: [string, () => unknown][], ancestors: readonly object[]): Record<string, unknown> {
  // Without a prototype, so that a key named __proto__ is a key like any other.
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, get] of entries.slice(0, maxEntries)) {
    result[key] = convertGetter(get, ancestors);
  }
  if (entries.length > maxEntries) {
    result['…'] = `[${entries.length - maxEntries} more]`;
  }
  return result;
}

function convertGetter(get: () => unknown, ancestors: readonly object[]): unknown {
  try {
    return convert(get(), ancestors);
  } catch {
    return '[unreadable]';
  }
}

/** An error's sentence and those of its causes. */
function describeError(error: Error, depth = 0): string {
  const cause =
    error.cause instanceof Error && depth < maxDepth ? `, because ${describeError(error.cause, depth + 1)}` : '';
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}${cause}`;
}

function cut(text: string): string {
  return text.length > maxTextLength
    ? `${text.slice(0, maxTextLength)}… [${text.length - maxTextLength} more characters]`
    : text;
}
