/** The one table of the interop matrix, test/conformance/interop/features.json: its axes, its checks, and its gaps. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const check = z.strictObject({
  name: z.string(),
  /** One sentence, for people. */
  says: z.string(),
  /** The check means something only with AutoMTLS, or only without; both unless told. */
  autoMtls: z.boolean().optional(),
});

/** An axis that is left out stands for all of it. */
const gap = z.strictObject({
  host: z.string().optional(),
  plugin: z.string().optional(),
  network: z.string().optional(),
  autoMtls: z.boolean().optional(),
  checks: z.array(z.string()).optional(),
  reason: z.string(),
  /** A regular expression: how the check fails. What fails otherwise is another fault, not this gap. */
  error: z.string(),
});

const features = z.strictObject({
  hosts: z.array(z.string()),
  plugins: z.array(z.string()),
  networks: z.array(z.string()),
  autoMtls: z.array(z.boolean()),
  checks: z.array(check),
  gaps: z.array(gap),
});

export type Check = Readonly<z.infer<typeof check>>;
export type Gap = Readonly<z.infer<typeof gap>>;
export type Features = Readonly<z.infer<typeof features>>;

/** One host with one plugin, in one way. */
export interface Cell {
  readonly host: string;
  readonly plugin: string;
  readonly network: string;
  readonly autoMtls: boolean;
}

/** Throws where the file is not of this form. */
export function readFeatures(path: string): Features {
  return features.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** In the order in which the table names the axes. */
export function cellsOf({ hosts, plugins, networks, autoMtls }: Features): Cell[] {
  return hosts.flatMap((host) =>
    plugins.flatMap((plugin) =>
      networks.flatMap((network) => autoMtls.map((withTls) => ({ host, plugin, network, autoMtls: withTls }))),
    ),
  );
}

/** The checks that mean something in a cell, gaps among them. */
export function checksOf({ checks }: Features, { autoMtls }: Cell): Check[] {
  return checks.filter((one) => one.autoMtls === undefined || one.autoMtls === autoMtls);
}

/** Why a cell does not claim a check, or undefined where it does. */
export function gapOf({ gaps }: Features, cell: Cell, checkName: string): Gap | undefined {
  return gaps.find(
    (one) =>
      (one.host ?? cell.host) === cell.host &&
      (one.plugin ?? cell.plugin) === cell.plugin &&
      (one.network ?? cell.network) === cell.network &&
      (one.autoMtls ?? cell.autoMtls) === cell.autoMtls &&
      (one.checks ?? [checkName]).includes(checkName),
  );
}

/** Gaps that take out nothing: a name that is misspelt, or another gap before them. */
export function idleGaps(table: Features): Gap[] {
  const used = new Set(
    cellsOf(table).flatMap((cell) => checksOf(table, cell).map(({ name }) => gapOf(table, cell, name))),
  );
  return table.gaps.filter((one) => !used.has(one));
}
