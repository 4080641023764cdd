import { describe, expect, test } from 'vitest';
import type { DataSourceReport, Measured, Subject } from './datasource-report.ts';
import { renderDataSource } from './render-datasource.ts';

function measured(
  scenario: string,
  subject: Subject,
  pass: number,
  figures: Measured['figures'],
  calls = 12,
): Measured {
  return { scenario, subject, pass, calls, figures };
}

const report: DataSourceReport = {
  engine: 'v1.5.5',
  rows: 10_000_000,
  passes: 3,
  scenarios: [
    {
      name: '1m',
      title: 'a million',
      goals: [
        { figure: 'cpuMs', ratio: 0.1 },
        { figure: 'peakMB', quiver: 220 },
      ],
    },
    { name: '10m', title: 'ten million' },
    { name: 'start', title: 'start', goals: [{ figure: 'startMs', ratio: 2.2 }] },
  ],
  measured: [
    measured('1m', 'quiver', 1, { cpuMs: 80, p50Ms: 90, bytes: 16_000_000, peakMB: 210, afterMB: 200, rowNs: 80 }),
    measured('1m', 'go', 1, { cpuMs: 1000, p50Ms: 2000, bytes: 16_000_000, peakMB: 279, afterMB: 270, rowNs: 1000 }, 2),
    measured('1m', 'floor', 1, { cpuMs: 13, p50Ms: 14, bytes: 16_000_000 }),
    // A busy minute, which hits both.
    measured('1m', 'quiver', 2, { cpuMs: 160, p50Ms: 90, bytes: 16_000_000, peakMB: 240, afterMB: 200, rowNs: 160 }),
    measured('1m', 'go', 2, { cpuMs: 2000, p50Ms: 2000, bytes: 16_000_000, peakMB: 279, afterMB: 270, rowNs: 2000 }, 2),
    measured('1m', 'quiver', 3, { cpuMs: 90, p50Ms: 90, bytes: 16_000_000, peakMB: 230, afterMB: 200, rowNs: 90 }),
    measured('1m', 'go', 3, { cpuMs: 600, p50Ms: 2000, bytes: 16_000_000, peakMB: 279, afterMB: 270, rowNs: 600 }, 2),
    measured(
      '10m',
      'quiver',
      1,
      { cpuMs: 700, p50Ms: 900, bytes: 160_000_000, peakMB: 581, afterMB: 500, rowNs: 70 },
      2,
    ),
    measured('start', 'quiver', 1, { startMs: 210, startCpuMs: 170, idleMB: 94 }),
    measured('start', 'go', 1, { startMs: 70, startCpuMs: 26, idleMB: 57 }),
  ],
};

describe('renderDataSource()', () => {
  const text = renderDataSource(report);

  test('shows medians over the passes, and the median of the ratios of each pass', () => {
    expect(text).toContain(
      '| a million | 90.0 | 1,000 | 0.080 | ≤ 0.10 | met | 13.0 | 90.0 | 2,000 | 16.0 | 12 / 2 |\n',
    );
  });

  test('says so where a goal is missed, be it a ratio or a figure of its own', () => {
    expect(text).toContain('| a million | 230 | ≤ 220 itself | **missed** | 279 | 200 | 270 |\n');
    expect(text).toContain('| start to the first good health check, ms | 210 | 70.0 | 3.00 | ≤ 2.20 | **missed** |\n');
  });

  test('leaves out what one side was not asked for', () => {
    expect(text).toContain('| ten million | 700 | – | – |  |  | – | 900 | – | 160 | 2 / 0 |\n');
  });

  test('gives the other figures a row each, and no row to those that were not measured', () => {
    expect(text).toContain('| memory a second later, MB | 94.0 | 57.0 | 1.65 |  |  |\n');
    expect(text).toContain('| at 10,000,000 rows, ns | 70.0 | – | – |  |  |\n');
    expect(text).not.toContain('longest ping');
  });

  test('says what was read and how often', () => {
    expect(text).toContain('process for each scenario and pass, 3 passes;');
    expect(text).toContain('DuckDB v1.5.5 in both, two threads and 1 GiB; 10,000,000 rows of six columns in a file.');
  });

  test('has no table without rows', () => {
    const only = renderDataSource({ ...report, scenarios: report.scenarios.slice(2) });
    expect(only).not.toContain('CPU for a call, ms');
    expect(only).toContain('| CPU until then, ms | 170 | 26.0 | 6.54 |  |  |\n');
  });
});
