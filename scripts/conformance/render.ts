/** The matrix as text. */
import type { Cell, Features } from './features.ts';
import type { Verdict } from './judge.ts';

/** What came of a cell. */
export interface CellOutcome {
  readonly cell: Cell;
  readonly verdicts: readonly Verdict[];
  /** What the host and its plugins had to say beside. */
  readonly stderr: string;
  readonly seconds: number;
}

/** `ok      go host, python plugin, unix                      22 of 22, 5 gaps      4.1 s`, a line for each failure, and the rest. */
export function renderCell({ cell, verdicts, stderr, seconds }: CellOutcome): string {
  const failures = verdicts.filter(({ kind }) => kind === 'failed');
  const way = `${cell.host} host, ${cell.plugin} plugin, ${wayOf(cell)}`;
  const line = `${failures.length === 0 ? 'ok    ' : 'FAILED'}  ${way.padEnd(54)} ${summary(verdicts).padEnd(18)} ${seconds.toFixed(1).padStart(5)} s`;
  const rest = failures.length === 0 ? [] : [stderr.trimEnd()];
  return [line, ...failures.map(({ check, message }) => `        ${check}: ${message}`), ...rest].join('\n');
}

/** Plugins across, hosts and ways down; then each gap once, with its reason. */
export function renderMatrix(features: Features, outcomes: readonly CellOutcome[]): string {
  const rows = new Map<string, Map<string, string>>();
  for (const { cell, verdicts } of outcomes) {
    const row = `${cell.host} host, ${wayOf(cell)}`;
    rows.set(row, (rows.get(row) ?? new Map()).set(cell.plugin, summary(verdicts)));
  }
  const header = line(
    '',
    features.plugins.map((plugin) => `${plugin} plugin`),
  );
  const body = [...rows].map(([row, cells]) =>
    line(
      row,
      features.plugins.map((plugin) => cells.get(plugin) ?? ''),
    ),
  );
  return [header, ...body, ...gapLines(outcomes)].join('\n');
}

function gapLines(outcomes: readonly CellOutcome[]): string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { cell, verdicts } of outcomes) {
    for (const { check, message } of verdicts.filter(({ kind }) => kind === 'gap')) {
      const where = `${cell.host} host, ${cell.plugin} plugin: ${message}`;
      reasons.set(where, (reasons.get(where) ?? new Set()).add(check));
    }
  }
  return [...reasons].map(([where, checks]) => `gap   ${where} (${[...checks].join(', ')})`);
}

function line(first: string, others: readonly string[]): string {
  return `${first.padEnd(36)}${others.map((text) => text.padEnd(22)).join('')}`.trimEnd();
}

function summary(verdicts: readonly Verdict[]): string {
  const count = (kind: Verdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length;
  const [passed, failed, gaps] = [count('passed'), count('failed'), count('gap')];
  return `${passed} of ${passed + failed}${gaps > 0 ? `, ${gaps} gap${gaps > 1 ? 's' : ''}` : ''}`;
}

function wayOf({ network, autoMtls }: Cell): string {
  return autoMtls ? `${network} with AutoMTLS` : network;
}
