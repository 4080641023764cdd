import { type Comparison, compare, type DataSourceReport, type Scenario } from './datasource-report.ts';
import { rounded } from './numbers.ts';

/** The figures that are no CPU for a call and no memory, each in a row of its own. */
const others: readonly (readonly [scenario: string, figure: string, title: string])[] = [
  ['start', 'startMs', 'start to the first good health check, ms'],
  ['start', 'startCpuMs', 'CPU until then, ms'],
  ['start', 'idleMB', 'memory a second later, MB'],
  ['100k', 'rowNs', 'CPU per row of (ts, value) at 100,000 rows, ns'],
  ['1m', 'rowNs', 'at 1,000,000 rows, ns'],
  ['10m', 'rowNs', 'at 10,000,000 rows, ns'],
  ['event-loop', 'pingAloneMaxMs', 'longest ping, nothing else to do, ms'],
  ['event-loop', 'pingP50Ms', 'ping while 1,000,000 rows (ts, value) are answered, p50, ms'],
  ['event-loop', 'pingP99Ms', 'p99, ms'],
  ['event-loop', 'pingMaxMs', 'longest, ms'],
  ['event-loop', 'loopMaxMs', "longest by the process's own clock, which looks every 10 ms, ms"],
  ['fairness', 'aloneMs', '`select 1`, nothing else to do, p50, ms'],
  ['fairness', 'besideP50Ms', '`select 1` beside 64 slow queries of another data source, p50, ms'],
  ['fairness', 'besideMaxMs', 'longest, ms'],
];

/** The section on the data source: what each scenario costs here and in Go, against its goal. */
export function renderDataSource(report: DataSourceReport): string {
  return [
    '## The data source, beside one in Go',
    '',
    'bench/go-baseline is the same data source as people write it in Go. Both executables are driven by the same Go host, in turns, a fresh',
    `process for each scenario and pass, ${report.passes} ${report.passes === 1 ? 'pass' : 'passes'}; medians over the passes, and of ratios the median of each pass's own.`,
    `DuckDB ${report.engine} in both, two threads and 1 GiB; ${report.rows.toLocaleString('en')} rows of six columns in a file. CPU is user and system of the`,
    "plugin's process for a call. DuckDB alone is the same SQL by DuckDB's own Arrow export in Python: the floor. Calls are those that count,",
    "for Quiver and for Go; where Go needs seconds they are few, and 10,000,000 rows it is not asked for. A ping is go-plugin's health check,",
    'every 2 ms over a connection of its own: how long the process lets others wait. MB are 1,000,000 bytes.',
    '',
    ...section(
      report,
      [
        'CPU for a call, ms',
        'Quiver',
        'Go',
        'ratio',
        'goal',
        '',
        'DuckDB alone',
        'p50 Quiver',
        'p50 Go',
        'answer, MB',
        'calls',
      ],
      cpuRow,
    ),
    ...section(
      report,
      ['Peak memory, MB', 'Quiver', 'goal', '', 'Go', 'Quiver afterwards', 'Go afterwards'],
      memoryRow,
    ),
    ...otherFigures(report),
  ].join('\n');
}

type Row = (report: DataSourceReport, scenario: Scenario) => readonly string[] | undefined;

function section(report: DataSourceReport, header: readonly string[], row: Row): string[] {
  const rows = report.scenarios.flatMap((scenario) => {
    const cells = row(report, scenario);
    return cells === undefined ? [] : [cells];
  });
  return rows.length === 0 ? [] : [...tableOf(header, rows), ''];
}

function cpuRow(report: DataSourceReport, scenario: Scenario): readonly string[] | undefined {
  const cpu = compare(report, scenario, 'cpuMs');
  const wall = compare(report, scenario, 'p50Ms');
  const bytes = compare(report, scenario, 'bytes').quiver;
  if (cpu.quiver === undefined) {
    return undefined;
  }
  return [
    scenario.title,
    ...[cpu.quiver, cpu.go].map(shown),
    shownRatio(cpu.ratio),
    ...goalAndVerdict(cpu),
    ...[cpu.floor, wall.quiver, wall.go, bytes === undefined ? undefined : bytes / 1e6].map(shown),
    callsOf(report, scenario),
  ];
}

function memoryRow(report: DataSourceReport, scenario: Scenario): readonly string[] | undefined {
  const peak = compare(report, scenario, 'peakMB');
  const after = compare(report, scenario, 'afterMB');
  if (peak.quiver === undefined) {
    return undefined;
  }
  return [scenario.title, shown(peak.quiver), ...goalAndVerdict(peak), ...[peak.go, after.quiver, after.go].map(shown)];
}

function otherFigures(report: DataSourceReport): string[] {
  const rows = others.flatMap(([name, figure, title]) => {
    const scenario = report.scenarios.find((one) => one.name === name);
    if (scenario === undefined) {
      return [];
    }
    const found = compare(report, scenario, figure);
    return [[title, shown(found.quiver), shown(found.go), shownRatio(found.ratio), ...goalAndVerdict(found)]];
  });
  return rows.length === 0 ? [] : [...tableOf(['', 'Quiver', 'Go', 'ratio', 'goal', ''], rows), ''];
}

/** `≤ 0.10` is of the ratio, `≤ 220 alone` of Quiver's figure, whatever Go needs. */
function goalAndVerdict({ goal, met }: Comparison): readonly [string, string] {
  if (goal === undefined) {
    return ['', ''];
  }
  const bound = goal.ratio === undefined ? `≤ ${goal.quiver} itself` : `≤ ${goal.ratio.toFixed(2)}`;
  return [bound, met ? 'met' : '**missed**'];
}

function callsOf({ measured }: DataSourceReport, { name }: Scenario): string {
  const calls = (['quiver', 'go'] as const).map(
    (subject) => measured.find((one) => one.scenario === name && one.subject === subject)?.calls ?? 0,
  );
  return calls.map((count) => count.toLocaleString('en')).join(' / ');
}

function shown(value: number | undefined): string {
  return value === undefined ? '–' : rounded(value);
}

function shownRatio(ratio: number | undefined): string {
  return ratio === undefined ? '–' : ratio.toFixed(ratio >= 1 ? 2 : 3);
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [
    `| ${header.join(' | ')} |`,
    `|${header.map(() => '---|').join('')}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
}
