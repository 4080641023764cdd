import { parseArgs } from 'node:util';
import { wholeNumber } from '../whole-number.ts';

export interface BenchOptions {
  readonly passes: number;
  /** Of the data source, with commas between; undefined for all. */
  readonly scenarios?: string;
  readonly dataSource: boolean;
  readonly protocol: boolean;
  /** Only a whole run may replace bench/README.md. */
  readonly whole: boolean;
}

export const defaultPasses = 5;
/** The name by which the protocol's figures are asked for, beside those of scenarios. */
const protocolName = 'protocol';

/**
 * Reads `--scenarios 1m,select1 --passes 2`: names of scenarios, a `*` for any ending, `protocol` for the protocol's part.
 *
 * @throws Error that names the option and what was expected
 */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { scenarios: { type: 'string' }, passes: { type: 'string' } },
  });
  const passes = values.passes === undefined ? defaultPasses : wholeNumber('passes', values.passes, 1);
  const names = (values.scenarios ?? '').split(',').filter((name) => name !== '');
  const scenarios = names.filter((name) => name !== protocolName);
  return {
    passes,
    dataSource: names.length === 0 || scenarios.length > 0,
    protocol: names.length === 0 || names.includes(protocolName),
    whole: names.length === 0 && passes >= defaultPasses,
    ...(scenarios.length > 0 && { scenarios: scenarios.join(',') }),
  };
}
