/** What the results of a cell are worth. */
import { z } from 'zod';
import { type Cell, checksOf, type Features, type Gap, gapOf } from './features.ts';

/** One line of a host's output; test/conformance/interop/README.md has the contract. */
export const resultSchema = z.strictObject({
  host: z.string(),
  plugin: z.string(),
  network: z.string(),
  autoMtls: z.boolean(),
  check: z.string(),
  status: z.enum(['pass', 'fail']),
  message: z.string(),
  milliseconds: z.number(),
});

const NOT_RUN = /^not run, since start failed/i;

export type CheckResult = Readonly<z.infer<typeof resultSchema>>;

export interface Verdict {
  readonly check: string;
  /** `gap`: listed, and it failed as listed. */
  readonly kind: 'passed' | 'failed' | 'gap';
  /** Why it failed, or the gap's reason. */
  readonly message: string;
}

/** One verdict for each of the names, and one for each result that nobody asked for. */
export function judge(
  features: Features,
  cell: Cell,
  names: readonly string[],
  results: readonly CheckResult[],
): Verdict[] {
  const surplus = results.filter((result) => !names.includes(result.check) || !sameCell(result, cell));
  const expected = results.filter((result) => !surplus.includes(result));
  return [
    ...names.map((name) => judgeCheck(name, gapOf(features, cell, name), expected)),
    ...surplus.map((result) => failed(result.check, `nobody asked for this result: ${JSON.stringify(result)}`)),
  ];
}

/** The names of a cell's checks, in the order to run them. */
export function namesOf(features: Features, cell: Cell): string[] {
  return checksOf(features, cell).map(({ name }) => name);
}

function judgeCheck(name: string, gap: Gap | undefined, all: readonly CheckResult[]): Verdict {
  const results = all.filter(({ check }) => check === name);
  const [result] = results;
  if (!result || results.length > 1) {
    return failed(name, `${results.length} results, expected one`);
  }
  if (!gap) {
    return result.status === 'pass' ? { check: name, kind: 'passed', message: '' } : failed(name, result.message);
  }
  if (result.status === 'pass') {
    return failed(name, `passes, and is listed as a gap. Claim it: ${gap.reason}`);
  }
  if (!new RegExp(gap.error, 'i').test(reasonOf(result, all))) {
    return failed(name, `is a gap, and fails otherwise than with /${gap.error}/: ${result.message}`);
  }
  return { check: name, kind: 'gap', message: gap.reason };
}

/** What is not run because the plugin did not start fails for the reason of `start`. */
function reasonOf({ message }: CheckResult, all: readonly CheckResult[]): string {
  return NOT_RUN.test(message) ? (all.find(({ check }) => check === 'start')?.message ?? '') : message;
}

function failed(check: string, message: string): Verdict {
  return { check, kind: 'failed', message };
}

function sameCell(a: Cell, b: Cell): boolean {
  return a.host === b.host && a.plugin === b.plugin && a.network === b.network && a.autoMtls === b.autoMtls;
}
