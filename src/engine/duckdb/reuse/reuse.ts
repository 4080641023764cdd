import type { Node } from '../gate/tree.ts';
import { type KnownNames, nameKey } from './known-names.ts';
import { statelessFunctions, volatileFunctions } from './stability.ts';

/**
 * What of a statement the next query may have:
 *
 * - `nothing`: its connection is closed, with whatever the statement left on it, such as the state of `setseed()`;
 * - `connection`: the statement leaves nothing that another could see, but has to be prepared anew to be right;
 * - `statement`: prepared once, it is right each time, since it reads values, and tables that do not change, with functions that know
 *   nothing else.
 */
export type Reuse = 'nothing' | 'connection' | 'statement';

/** Gathers, node by node of a statement that the gate lets through, what of it may be used again. What is not known to be harmless is not. */
export class ReuseFindings {
  readonly #known: KnownNames;
  readonly #tables = new Set<string>();
  readonly #ctes = new Set<string>();
  #isConnectionClean = true;
  #isRepeatable = true;

  constructor(known: KnownNames) {
    this.#known = known;
  }

  get reuse(): Reuse {
    for (const name of this.#tables) {
      this.#judgeTable(name);
    }
    return this.#isConnectionClean ? (this.#isRepeatable ? 'statement' : 'connection') : 'nothing';
  }

  visit(node: Node): void {
    if (typeof node.function_name === 'string') {
      this.#visitFunction(node, node.function_name.toLowerCase());
    }
    if (typeof node.class === 'string') {
      this.#visitExpression(node);
    }
    if ('query_location' in node && 'sample' in node) {
      this.#visitReference(node);
    }
    // A CTE: {"key": "name", "value": {"query": …}}.
    if (typeof node.key === 'string' && typeof node.value === 'object') {
      this.#ctes.add(nameKey(node.key));
    }
    if ('sample' in node && node.sample !== null) {
      this.#isConnectionClean = false;
    }
  }

  #visitFunction({ catalog, schema }: Node, name: string): void {
    // The parser itself writes `main` before some of DuckDB's own.
    const isElsewhere = Boolean(catalog) || (Boolean(schema) && schema !== 'main');
    if (isElsewhere || volatileFunctions.has(name) || this.#known.macros.has(name)) {
      this.#isConnectionClean = false;
    }
    if (!statelessFunctions.has(name)) {
      this.#isRepeatable = false;
    }
  }

  #visitExpression(node: Node): void {
    const isRepeatable =
      repeatableClasses.has(String(node.class)) &&
      !(node.class === 'CAST' && !repeatableCasts.has(String((node.cast_type as Node).id))) &&
      !(node.class === 'COLUMN_REF' && isValueFunction(node.column_names));
    if (!isRepeatable) {
      this.#isRepeatable = false;
    }
  }

  #visitReference(node: Node): void {
    const type = String(node.type);
    if (!cleanReferences.has(type)) {
      this.#isConnectionClean = false;
    }
    if (!repeatableReferences.has(type)) {
      this.#isRepeatable = false;
    }
    if (type === 'BASE_TABLE') {
      this.#tables.add(nameKey(...[node.catalog_name, node.schema_name, node.table_name].filter(Boolean).map(String)));
      if (node.at_clause !== null) {
        this.#isConnectionClean = false;
      }
    }
  }

  #judgeTable(name: string): void {
    const { tables, fileTables, others } = this.#known;
    if (tables.has(name)) {
      return;
    }
    if (fileTables.has(name) && !others.has(name)) {
      this.#isRepeatable = false;
      return;
    }
    // Out of its scope a CTE's name would mean something else, if there were something else of this name.
    if (!this.#ctes.has(name) || others.has(name)) {
      this.#isConnectionClean = false;
    }
  }
}

const cleanReferences: ReadonlySet<string> = new Set([
  'BASE_TABLE',
  'CTE',
  'EMPTY',
  'EXPRESSION_LIST',
  'JOIN',
  'SUBQUERY',
  'TABLE_FUNCTION',
]);

const repeatableReferences: ReadonlySet<string> = new Set(['BASE_TABLE', 'CTE', 'EMPTY', 'JOIN', 'SUBQUERY']);

/** Of `class` in DuckDB's tree. Parameters, lambdas and what later versions add are missing. */
const repeatableClasses: ReadonlySet<string> = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'FUNCTION',
  'OPERATOR',
  'STAR',
  'SUBQUERY',
  'WINDOW',
]);

/** A time with a zone is missing: a text without one gets the offset of the day on which it is prepared. */
const repeatableCasts: ReadonlySet<string> = new Set([
  'BIGINT',
  'BOOLEAN',
  'DATE',
  'DECIMAL',
  'DOUBLE',
  'FLOAT',
  'HUGEINT',
  'INTEGER',
  'INTERVAL',
  'SMALLINT',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
  'TIMESTAMP_MS',
  'TIMESTAMP_NS',
  'TIMESTAMP_S',
  'TINYINT',
  'UBIGINT',
  'UHUGEINT',
  'UINTEGER',
  'USMALLINT',
  'UTINYINT',
  'VARCHAR',
]);

/** `current_date` and its like stand in the tree as columns; preparing makes constants of them. */
function isValueFunction(columnNames: unknown): boolean {
  const [name, ...rest] = columnNames as readonly string[];
  return rest.length === 0 && name !== undefined && /^(current_|local|session_user$|user$)/i.test(name);
}
