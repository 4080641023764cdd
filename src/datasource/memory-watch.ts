/** What memory asks for: nothing, the end of the newest query, of every query, or of the process. */
export type MemoryVerdict = 'none' | 'stop-newest' | 'stop-all' | 'exit';

/** Of a machine's or container's memory, for this process: its neighbours, Grafana first, need some. */
const shareOfMemory = 0.75;
/** So far above the ceiling there is no time for another try: the kernel would kill next. */
const lastShare = 1.2;
/** What an interrupt frees is free within this time. */
const patienceMs = 500;
const exitAfterMs = 5000;

/**
 * The most bytes that the process may take.
 *
 * @param configured the admin's ceiling
 * @param constrained the container's limit; 0 where there is none
 * @param total the machine's memory
 */
export function memoryCeiling(configured: number | undefined, constrained: number, total: number): number {
  const available = constrained > 0 ? Math.min(constrained, total) : total;
  return configured ?? Math.floor(available * shareOfMemory);
}

/**
 * Judges the resident memory of the process. Whose memory it is, nobody can say: DuckDB counts it for a whole database, and not what its
 * scalar functions take. So the newest query goes first, then all, and where that does not help either, the process: a fresh one has less.
 */
export class MemoryWatch {
  readonly ceilingBytes: number;
  #overSinceMs: number | undefined;

  constructor(ceilingBytes: number) {
    this.ceilingBytes = ceilingBytes;
  }

  /** @param nowMs of a clock that is never set; call it several times a second */
  judge(nowMs: number, residentBytes: number): MemoryVerdict {
    if (residentBytes <= this.ceilingBytes) {
      this.#overSinceMs = undefined;
      return 'none';
    }
    const isFirst = this.#overSinceMs === undefined;
    this.#overSinceMs ??= nowMs;
    const overMs = nowMs - this.#overSinceMs;
    if (residentBytes > this.ceilingBytes * lastShare || overMs >= exitAfterMs) {
      return 'exit';
    }
    if (overMs >= patienceMs) {
      return 'stop-all';
    }
    return isFirst ? 'stop-newest' : 'none';
  }
}
