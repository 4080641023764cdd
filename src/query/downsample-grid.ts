/** Buckets of equal width, in microseconds since 1970: `count` of them from `from` on. */
export interface Grid {
  readonly from: bigint;
  readonly width: bigint;
  readonly count: bigint;
}

/** At most so many buckets, at least one, as narrow as they can be with both ends of the range inside. */
export function evenGrid(from: bigint, to: bigint, maxCount: number): Grid {
  const count = BigInt(Math.max(1, maxCount));
  return { from, count, width: (to - from) / count + 1n };
}

/**
 * At most so many buckets, at least two, that begin at whole multiples of their width since 1970, as those of `$__timeGroup` do: the widths
 * are round, so that each start reads well, and the same rows stay together when a panel's range moves on.
 */
export function alignedGrid(from: bigint, to: bigint, maxCount: number): Grid {
  // One more than the range is wide begins before it.
  const least = ceilDiv(to - from, BigInt(Math.max(1, maxCount - 1)));
  const width = roundWidths.find((width) => width >= least) ?? ceilDiv(least, day) * day;
  const first = floorDiv(from, width);
  return { from: first * width, width, count: floorDiv(to, width) - first + 1n };
}

const second = 1_000_000n;
const day = 86_400n * second;

/** Each divides a longer unit. Of two neighbours the wider is at most two and a half times as wide. */
const roundWidths: readonly bigint[] = [
  ...[1n, 1000n].flatMap((unit) => [1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n].map((n) => n * unit)),
  ...[second, 60n * second].flatMap((unit) => [1n, 2n, 3n, 4n, 5n, 6n, 10n, 12n, 15n, 20n, 30n].map((n) => n * unit)),
  ...[1n, 2n, 3n, 4n, 6n, 8n, 12n].map((n) => n * 3600n * second),
];

function floorDiv(value: bigint, divisor: bigint): bigint {
  return value >= 0n ? value / divisor : -ceilDiv(-value, divisor);
}

/** Of a value that is not negative. */
function ceilDiv(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
