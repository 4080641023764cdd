/**
 * Chooses points that draw nearly the line that all of them draw: largest triangle three buckets (Steinarsson 2013). All but the first and
 * the last lie in buckets of equal numbers of points; of each bucket the point stays that makes the largest triangle with the one chosen
 * before and the average of the next bucket, of equal ones the first.
 *
 * @param x ascending
 * @param y finite, one for each x
 * @param count how many stay; 2 at least
 * @returns indices of the points, ascending, the first and the last among them; all where there are no more than `count`
 */
export function lttb(x: Float64Array, y: Float64Array, count: number): Int32Array {
  const length = x.length;
  const buckets = Math.max(count, 2) - 2;
  if (length <= buckets + 2) {
    return Int32Array.from(x.keys());
  }
  // Behind the last bucket is a bucket of the last point alone.
  const start = (bucket: number) => Math.floor((bucket * (length - 2)) / Math.max(buckets, 1)) + 1;
  const chosen = new Int32Array(buckets + 2);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const next = start(bucket + 1);
    const end = bucket === buckets - 1 ? length : start(bucket + 2);
    chosen[bucket + 1] = largest(x, y, chosen[bucket] as number, start(bucket), next, end);
  }
  chosen[buckets + 1] = length - 1;
  return chosen;
}

/** Of the points [start, next) that which makes the largest triangle with point `before` and the average of [next, end). */
function largest(x: Float64Array, y: Float64Array, before: number, start: number, next: number, end: number): number {
  const [x0, y0] = [x[before] as number, y[before] as number];
  const toX = average(x, next, end) - x0;
  const toY = average(y, next, end) - y0;
  let best = start;
  let bestArea = -1;
  for (let point = start; point < next; point++) {
    // Twice the area, by the cross product of two sides.
    const area = Math.abs(((x[point] as number) - x0) * toY - ((y[point] as number) - y0) * toX);
    if (area > bestArea) {
      best = point;
      bestArea = area;
    }
  }
  return best;
}

function average(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    sum += values[i] as number;
  }
  return sum / (end - start);
}
