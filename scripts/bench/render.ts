import type { DataSourceReport } from './datasource-report.ts';
import { renderDataSource } from './render-datasource.ts';
import { type ProtocolRun, renderProtocol } from './render-protocol.ts';

export interface Machine {
  readonly node: string;
  readonly go: string;
  readonly processor: string;
  /** Of one minute, when the run began. */
  readonly loadBefore: number;
}

/** What was measured; what was not asked for is missing. */
export interface Bench {
  readonly machine: Machine;
  readonly dataSource?: DataSourceReport;
  readonly protocol?: readonly ProtocolRun[];
}

/** bench/README.md. */
export function renderBench({ machine, dataSource, protocol }: Bench): string {
  return [
    '# Figures',
    '',
    'Written by `make bench`; nothing here is edited by hand. Medians of one run on one machine: compare within it.',
    '',
    `${machine.processor}; Node ${machine.node}, ${machine.go}; load before the run ${machine.loadBefore.toFixed(1)}.`,
    '',
    ...(dataSource === undefined ? [] : [renderDataSource(dataSource)]),
    ...(protocol === undefined ? [] : [renderProtocol(protocol)]),
  ].join('\n');
}
