import type { Message, Map as ProtoMap } from 'google-protobuf';

/** For fields that hold messages the stubs do not tell which: the test does. A class for a field or for a map's values. */
export type Submessages = Readonly<Record<string, new () => Message>>;

/**
 * Sets every field of a stub to a value of its own, so that a converter which forgets one is found out. Fields are taken from the stub
 * itself: one that a later contract adds is filled, and missed, without a change here.
 */
export function filled<T extends Message>(message: T, submessages: Submessages = {}, next = counter()): T {
  const stub = message as unknown as Record<string, (value?: unknown) => unknown>;
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(message))) {
    const field = /^set(.+)$/.exec(name)?.[1];
    const map = /^get(.+)Map$/.exec(name)?.[1];
    if (map) {
      fillMap(stub[name]?.() as ProtoMap<string, unknown>, submessages[map], submessages, next);
    } else if (field) {
      stub[name]?.(valueFor(field, stub, submessages, next));
    }
  }
  return message;
}

/** Every value that stands at the end of a path, as text. */
export function leaves(value: unknown): string[] {
  if (value instanceof Uint8Array) {
    return [Buffer.from(value).toString()];
  }
  if (value instanceof Map) {
    return [...value].flatMap(leaves);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap(leaves);
  }
  return [String(value)];
}

function fillMap(
  map: ProtoMap<string, unknown>,
  Submessage: (new () => Message) | undefined,
  submessages: Submessages,
  next: () => number,
): void {
  map.set(`key ${next()}`, Submessage ? filled(new Submessage(), submessages, next) : `value ${next()}`);
}

function valueFor(
  field: string,
  stub: Record<string, ((value?: unknown) => unknown) | undefined>,
  submessages: Submessages,
  next: () => number,
): unknown {
  const list = /^(.+)List$/.exec(field)?.[1];
  const Submessage = submessages[list ?? field];
  if (list) {
    return [Submessage ? filled(new Submessage(), submessages, next) : `item ${next()}`];
  }
  if (Submessage) {
    return filled(new Submessage(), submessages, next);
  }
  if (stub[`get${field}_asU8`]) {
    return Buffer.from(`bytes ${next()}`);
  }
  switch (typeof stub[`get${field}`]?.()) {
    case 'string':
      return `text ${next()}`;
    case 'number':
      return next();
    case 'boolean':
      return true;
    default:
      throw new Error(`Cannot fill ${field}: name its class`);
  }
}

function counter(): () => number {
  let count = 1000;
  return () => ++count;
}
