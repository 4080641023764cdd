const units = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
} as const;

/** Bytes of a size as people write it: `512MiB`, `1.5 GB`, `1048576`. Undefined if it is none. */
export function parseByteSize(text: string): number | undefined {
  const [, amount, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = (units as Record<string, number>)[unit.toUpperCase()];
  if (amount === undefined || factor === undefined) {
    return undefined;
  }
  const size = Math.floor(Number(amount) * factor);
  return size > 0 && Number.isSafeInteger(size) ? size : undefined;
}

/** The largest unit of 1,024 that leaves a whole number: `256MiB`; bytes that fit none are digits alone. */
export function formatByteSize(bytes: number): string {
  const unit = (['TiB', 'GiB', 'MiB', 'KiB'] as const).find((name) => bytes % units[upper(name)] === 0);
  return unit === undefined || bytes === 0 ? String(bytes) : `${bytes / units[upper(unit)]}${unit}`;
}

function upper<Unit extends string>(unit: Unit): Uppercase<Unit> {
  return unit.toUpperCase() as Uppercase<Unit>;
}
