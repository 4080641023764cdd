import { sep } from 'node:path';

/** An operator of DuckDB's plan; what it says of itself is under `extra_info`. */
interface Operator {
  readonly name?: string;
  readonly operator_name?: string;
  readonly operator_cardinality?: number;
  readonly operator_timing?: number;
  readonly latency?: number;
  readonly extra_info?: Readonly<Record<string, string | readonly string[]>>;
  readonly children?: readonly Operator[];
}

/** Paths of the server's files stand in the first, whatever names the tables have that read them; the second repeats the statement. */
const closedKeys: ReadonlySet<string> = new Set(['Filename(s)', 'query_name']);

/**
 * DuckDB's plan, a JSON text, without what viewers are not told: names of files, and the directories of the settings wherever a
 * condition repeats them.
 */
export function withoutPaths(plan: string, hidden: readonly string[]): unknown {
  return JSON.parse(plan, (key, value) => {
    if (closedKeys.has(key)) {
      return undefined;
    }
    return typeof value === 'string'
      ? hidden.reduce((text, directory) => text.replaceAll(directory + sep, ''), value)
      : value;
  });
}

/** A line for each operator, indented below the one that it feeds. */
export function planText(plan: unknown): string {
  // What ANALYZE answers where the optimizer has found the rows already.
  if ((plan as { readonly result?: unknown }).result === 'error') {
    return 'Nothing was measured: the answer is known before anything runs';
  }
  const lines: string[] = [];
  const roots = Array.isArray(plan) ? (plan as readonly Operator[]) : [plan as Operator];
  // A loop: plans are as deep as people write statements.
  const stack = roots.map((operator) => ({ operator, depth: 0 })).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { operator, depth } = next;
    lines.push('  '.repeat(depth) + lineOf(operator));
    for (const child of (operator.children ?? []).toReversed()) {
      stack.push({ operator: child, depth: depth + 1 });
    }
  }
  return lines.join('\n');
}

function lineOf(operator: Operator): string {
  const name = operator.operator_name ?? operator.name ?? 'QUERY';
  const details = Object.entries(operator.extra_info ?? {}).map(
    ([key, value]) => `${key}: ${(typeof value === 'string' ? value : value.join(', ')).replaceAll(/\s+/g, ' ')}`,
  );
  return [name, ...details, ...measuredOf(operator)].join(' · ');
}

/** What ANALYZE has seen: rows, and seconds as milliseconds. */
function measuredOf({ operator_cardinality: rows, operator_timing, latency }: Operator): readonly string[] {
  const seconds = operator_timing ?? latency;
  return [
    ...(rows === undefined ? [] : [`${rows} rows`]),
    ...(seconds === undefined ? [] : [`${(seconds * 1000).toFixed(2)} ms`]),
  ];
}
