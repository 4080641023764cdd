import { median } from './numbers.ts';

/** What test/conformance/go-host/cmd/bench prints; the names of figures are those of its source, with their units. */
export interface DataSourceReport {
  /** DuckDB's version, the same in both executables. */
  readonly engine: string;
  readonly rows: number;
  readonly passes: number;
  readonly scenarios: readonly Scenario[];
  readonly measured: readonly Measured[];
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly goals?: readonly Goal[];
}

/** An upper bound: for Quiver's figure as a part of the baseline's, or for Quiver's figure alone. */
export interface Goal {
  readonly figure: string;
  readonly ratio?: number;
  readonly quiver?: number;
}

export type Subject = 'quiver' | 'go' | 'floor';

/** One process of one pass. */
export interface Measured {
  readonly scenario: string;
  readonly subject: Subject;
  readonly pass: number;
  readonly calls: number;
  readonly figures: Readonly<Record<string, number>>;
}

export interface Comparison {
  readonly quiver?: number;
  readonly go?: number;
  readonly floor?: number;
  /** The median of Quiver's parts of the baseline, pass by pass: what disturbs a pass disturbs both. */
  readonly ratio?: number;
  readonly goal?: Goal;
  readonly met?: boolean;
}

/** One figure of one scenario, as medians over the passes. */
export function compare(report: DataSourceReport, { name, goals = [] }: Scenario, figure: string): Comparison {
  const valuesOf = (subject: Subject) =>
    new Map(
      report.measured
        .filter((one) => one.scenario === name && one.subject === subject && figure in one.figures)
        .map(({ pass, figures }) => [pass, figures[figure] ?? Number.NaN]),
    );
  const [quiver, go, floor] = [valuesOf('quiver'), valuesOf('go'), valuesOf('floor')];
  const ratios = [...quiver].flatMap(([pass, value]) => {
    const baseline = go.get(pass);
    return baseline === undefined ? [] : [value / baseline];
  });
  const medians = {
    ...withMedian('quiver', [...quiver.values()]),
    ...withMedian('go', [...go.values()]),
    ...withMedian('floor', [...floor.values()]),
    ...withMedian('ratio', ratios),
  };
  const goal = goals.find((one) => one.figure === figure);
  return goal === undefined ? medians : { ...medians, goal, met: isMet(goal, medians) };
}

function withMedian<K extends string>(key: K, values: readonly number[]): { readonly [P in K]?: number } {
  return values.length === 0 ? {} : ({ [key]: median(values) } as { [P in K]: number });
}

function isMet(goal: Goal, { quiver, ratio }: Pick<Comparison, 'quiver' | 'ratio'>): boolean {
  return (
    (goal.ratio === undefined || (ratio !== undefined && ratio <= goal.ratio)) &&
    (goal.quiver === undefined || (quiver !== undefined && quiver <= goal.quiver))
  );
}
