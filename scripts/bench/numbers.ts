export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) {
    throw new Error('Cannot take the median of nothing');
  }
  return (low + high) / 2;
}

/** Three digits or more: `1,234`, `56.7`, `0.812`. */
export function rounded(value: number): string {
  if (value >= 100) {
    return Math.round(value).toLocaleString('en');
  }
  return value.toFixed(value >= 1 ? 1 : 3);
}
