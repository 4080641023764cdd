/** How many tests of a run did what. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** `12 passed, 0 failed`, and what was skipped where anything was. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** A run that failed counts at least one failure, whatever its report says. */
export function atLeastOneFailed(counts: Counts): Counts {
  return { ...counts, failed: Math.max(1, counts.failed) };
}

interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Counts the report of `vitest --reporter=json`; a file that does not even load is one failure. */
export function countVitest(report: string): Counts {
  const { testResults } = JSON.parse(report) as VitestReport;
  return addCounts(
    testResults.map(({ status, assertionResults }) => {
      const count = (wanted: readonly string[]) =>
        assertionResults.filter((test) => wanted.includes(test.status)).length;
      const counts = {
        passed: count(['passed']),
        failed: count(['failed']),
        skipped: count(['skipped', 'pending', 'todo', 'disabled']),
      };
      return status === 'failed' ? atLeastOneFailed(counts) : counts;
    }),
  );
}

/** Reads what {@link formatCounts} wrote as the output's last such line; undefined where there is none. */
export function countFinalLine(output: string): Counts | undefined {
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? [];
  return passed === undefined ? undefined : { passed: Number(passed), failed: Number(failed), skipped: 0 };
}

interface GoEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
}

/**
 * Counts the events of `go test -json`. A test with subtests counts as these, and as one failure more where it fails and none of them
 * does; a package that fails without a failing test, by a panic or because it does not compile, is one failure.
 */
export function countGo(events: string): Counts {
  const ends = parseGoEvents(events).filter(
    ({ Action }) => Action === 'pass' || Action === 'fail' || Action === 'skip',
  );
  const isPart = (inner: GoEvent, outer: GoEvent) =>
    inner !== outer &&
    inner.Package === outer.Package &&
    inner.Test !== undefined &&
    (outer.Test === undefined || inner.Test.startsWith(`${outer.Test}/`));
  const counted = ends.filter((end) => {
    const parts = ends.filter((other) => isPart(other, end));
    return end.Action === 'fail'
      ? !parts.some(({ Action }) => Action === 'fail')
      : end.Test !== undefined && parts.length === 0;
  });
  const count = (action: string) => counted.filter(({ Action }) => Action === action).length;
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip') };
}

function parseGoEvents(text: string): GoEvent[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as GoEvent);
}

/** What `go test -json` would have printed without `-json`. */
export function goOutput(events: string): string {
  return events
    .split('\n')
    .map((line) => (line.startsWith('{') ? ((JSON.parse(line) as { Output?: string }).Output ?? '') : line))
    .join('');
}
