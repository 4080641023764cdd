/** Seconds, milliseconds, microseconds or nanoseconds, told by each number's size; what has no place, NaN for one, is null. */
export function microsOfNumber(time: string): string {
  const size = `abs(${time}::DOUBLE)`;
  return (
    `TRY_CAST(CASE WHEN ${size} < 1e11 THEN ${time}::DOUBLE * 1e6 WHEN ${size} < 1e14 THEN ${time}::DOUBLE * 1e3` +
    ` WHEN ${size} < 1e17 THEN ${time}::DOUBLE ELSE ${time}::DOUBLE / 1e3 END AS BIGINT)`
  );
}
