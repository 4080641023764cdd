import type { CatalogFunction } from '../../catalog.ts';
import { compareNames } from '../../page.ts';
import { tableFunctions } from '../gate/functions.ts';
import { valueFunctions } from '../gate/value-functions.ts';
import type { AskNames } from '../reuse/ask-names.ts';

/** One way to call a function, as DuckDB knows it. */
interface Overload {
  readonly name: string;
  readonly type: string;
  readonly parameters: readonly string[];
  /** The type of those that may follow without end. */
  readonly varargs: string | null;
  readonly description: string | null;
}

const kinds: Readonly<Record<string, CatalogFunction['kind']>> = {
  scalar: 'scalar',
  aggregate: 'aggregate',
  table: 'table',
  macro: 'macro',
  table_macro: 'macro',
};

/** A function with many overloads does not fill the screen. */
const maxSignatures = 8;

/**
 * The functions of DuckDB that the gate lets run, and the macros of the data source.
 *
 * @param own macros of the attached file and of init SQL, in lower case; their definitions are not told
 */
export async function readFunctions(ask: AskNames, own: ReadonlySet<string>): Promise<readonly CatalogFunction[]> {
  const texts = await ask(
    `SELECT DISTINCT to_json({name: function_name, type: function_type, parameters: parameters, varargs: varargs, description: description})::VARCHAR
     FROM duckdb_functions() WHERE function_type <> 'pragma'`,
  );
  const byName = new Map<string, CatalogFunction>();
  for (const text of texts) {
    const overload = JSON.parse(text) as Overload;
    if (isWritten(overload, own)) {
      byName.set(overload.name, merge(byName.get(overload.name), overload));
    }
  }
  return [...byName.values()].map(inOrder).sort((a, b) => compareNames(a.name, b.name));
}

/** Operators are functions too, and nobody calls them by name. */
function isWritten({ name, type }: Overload, own: ReadonlySet<string>): boolean {
  const key = name.toLowerCase();
  const verdict = Object.hasOwn(tableFunctions, key) ? tableFunctions[key] : undefined;
  const mayRun = type.startsWith('table')
    ? verdict === 'allowed' || verdict === 'reads_files'
    : valueFunctions.has(key);
  return /^[a-z]/i.test(name) && (mayRun || own.has(key));
}

function merge(known: CatalogFunction | undefined, overload: Overload): CatalogFunction {
  const signatures = new Set([...(known?.signatures ?? []), signatureOf(overload)]);
  const description = known?.description ?? overload.description?.trim();
  const kind = kinds[overload.type] ?? 'scalar';
  return {
    name: overload.name,
    // `range` makes a list of numbers as well as a table of them.
    kind: known === undefined || known.kind === 'table' ? kind : known.kind,
    signatures: [...signatures],
    ...(description && { description }),
  };
}

/** DuckDB has no names for what a table function is given, and lists its options behind col0, col1 …: options are written with their names. */
const nameless = /^col\d+$/;

function signatureOf({ name, type, parameters, varargs }: Overload): string {
  const own = type === 'table' ? parameters.filter((parameter) => nameless.test(parameter)) : parameters;
  const isReader = Object.hasOwn(tableFunctions, name) && tableFunctions[name] === 'reads_files';
  const written = own.map((parameter, i) =>
    nameless.test(parameter) ? (isReader ? 'path' : `arg${i + 1}`) : parameter,
  );
  return `${name}(${[...written, ...(varargs === null ? [] : ['…'])].join(', ')})`;
}

/** `range(start, stop)` says more than `range(arg1, arg2)`, which makes rows instead of a list. */
function inOrder({ signatures, ...rest }: CatalogFunction): CatalogFunction {
  const named = signatures.filter((signature) => !/\barg\d/.test(signature));
  const shortestFirst = (named.length > 0 ? named : [...signatures]).toSorted(
    (a, b) => a.length - b.length || compareNames(a, b),
  );
  return { ...rest, signatures: shortestFirst.slice(0, maxSignatures) };
}
