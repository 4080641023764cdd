import type { Message, Map as ProtoMap } from 'google-protobuf';

/** For fields that hold messages the stubs do not tell which: the test does. A class for a field or for a map's values. */
export type Submessages = Readonly<Record<string, new () => Message>>;

/** A message with every field set, and which field has which value. */
export interface Filled<T> {
  readonly message: T;
  /** Values as text, to the names of their fields in lower case; the keys of maps are among them. */
  readonly fieldOf: ReadonlyMap<string, string>;
}

/**
 * Sets every field of a stub to a value of its own, so that a converter which forgets one, or swaps two, is found out. Fields are taken from
 * the stub itself: one that a later contract adds is filled, and missed, without a change here.
 */
export function filled<T extends Message>(Type: new () => T, submessages: Submessages = {}): Filled<T> {
  const fieldOf = new Map<string, string>();
  const filler = new Filler(submessages, fieldOf);
  return { message: filler.fill(new Type()), fieldOf };
}

/** Every value at the end of a path, as text, with the key that it stands under in lower case. */
export function leaves(value: unknown, key = ''): ReadonlyArray<{ readonly key: string; readonly text: string }> {
  if (value instanceof Uint8Array) {
    return [{ key, text: Buffer.from(value).toString() }];
  }
  if (value instanceof Map) {
    return [...value.keys(), ...value.values()].flatMap((inner) => leaves(inner, key));
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner) => leaves(inner, key));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, name.toLowerCase()));
  }
  return [{ key, text: String(value) }];
}

type Stub = Record<string, ((value?: unknown) => unknown) | undefined>;

class Filler {
  readonly #submessages: Submessages;
  readonly #fieldOf: Map<string, string>;
  #count = 1000;

  constructor(submessages: Submessages, fieldOf: Map<string, string>) {
    this.#submessages = submessages;
    this.#fieldOf = fieldOf;
  }

  fill<T extends Message>(message: T): T {
    const stub = message as unknown as Stub;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(message))) {
      const field = /^set(.+)$/.exec(name)?.[1];
      const map = /^get(.+)Map$/.exec(name)?.[1];
      if (map) {
        const entries = stub[name]?.() as ProtoMap<string, unknown>;
        entries.set(this.#text(map, 'key'), this.#submessage(map) ?? this.#text(map, 'value'));
      } else if (field) {
        stub[name]?.(this.#valueFor(field, stub));
      }
    }
    return message;
  }

  #valueFor(field: string, stub: Stub): unknown {
    const list = /^(.+)List$/.exec(field)?.[1];
    if (list) {
      return [this.#submessage(list) ?? this.#text(list, 'item')];
    }
    if (stub[`get${field}_asU8`]) {
      return Buffer.from(this.#text(field, 'bytes'));
    }
    switch (typeof stub[`get${field}`]?.()) {
      case 'string':
        return this.#text(field, 'text');
      case 'number':
        return Number(this.#text(field));
      case 'boolean':
        this.#fieldOf.set('true', field.toLowerCase());
        return true;
      // An absent message; texts and numbers have an empty value.
      case 'undefined':
        return this.#submessage(field);
      default:
        throw new Error(`Cannot fill ${field}: its type is not known`);
    }
  }

  #submessage(field: string): Message | undefined {
    const Type = this.#submessages[field];
    return Type && this.fill(new Type());
  }

  #text(field: string, prefix = ''): string {
    this.#count += 1;
    const text = `${prefix} ${this.#count}`.trim();
    this.#fieldOf.set(text, field.toLowerCase());
    return text;
  }
}
