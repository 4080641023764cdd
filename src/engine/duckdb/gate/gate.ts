import { basename } from 'node:path';
import { nearest } from '../../../sql/nearest.ts';
import { EngineError } from '../../engine.ts';
import { positionIn } from '../errors.ts';
import { looksLikeFile } from '../files/file-endings.ts';
import {
  openSettings,
  refusedScalars,
  refusedTypes,
  refusedViews,
  structuredFunctions,
  tableFunctions,
} from './functions.ts';
import { JsonPaths, maxWildcards } from './json-paths.ts';
import { multipleStatements, type Parsed, rejection } from './rejection.ts';
import { literalsOf, type Node } from './tree.ts';
import { hasDangerousTypes, hasFlatStructure, maxStructureOpenings } from './type-texts.ts';
import { valueFunctions } from './value-functions.ts';

/** What the gate found in a statement that it lets through, if its tables and files turn out to be right. */
export interface Admission {
  /** Names of tables, CTEs and views as written, without schema. */
  readonly tables: ReadonlySet<string>;
  /** Paths that the statement reads, to be checked against the data source's directories. */
  readonly files: readonly NamedFile[];
  /** Names that DuckDB would take for files if no table had them. */
  readonly fileLikeTables: readonly NamedFile[];
  /** How often a view or macro of init SQL is put in the place of its name, those within them each time as well. */
  readonly expansions: number;
}

export interface NamedFile {
  readonly path: string;
  readonly isJson: boolean;
  /** What messages call it, where viewers have not written the path. Default: the path. */
  readonly shown?: string;
  /** Where the SQL names it. Counted when asked for: a statement may name thousands. */
  position(): number | undefined;
}

/** What views, tables and macros of init SQL read, by their names in lower case. */
export type Definitions = ReadonlyMap<string, Admission>;

/**
 * Decides whether a statement may go on to be prepared, which already runs parts of it. One SELECT passes, whose functions are known to be
 * harmless.
 *
 * @param serialized the answer of `json_serialize_sql`
 * @param macros macros of the attached file, in lower case: the admin's, and trusted
 * @param definitions of init SQL, which have passed here themselves: what they read, the statement reads
 * @param visitor is shown every node too, for what else there is to know of the statement
 * @throws EngineError sql_syntax, sql_not_select, sql_multiple_statements or sql_refused
 */
export function admit(
  sql: string,
  serialized: string,
  macros: ReadonlySet<string>,
  definitions: Definitions = new Map(),
  visitor?: (node: Node) => void,
): Admission {
  const parsed = parseTree(serialized);
  if (parsed.error) {
    throw rejection(sql, parsed);
  }
  const statements = parsed.statements ?? [];
  if (statements.length === 0) {
    throw new EngineError('sql_syntax', 'The query is empty');
  }
  if (statements.length > 1) {
    throw multipleStatements();
  }
  const found = new Findings(sql, macros, definitions);
  walk(statements[0], (node) => {
    found.visit(node);
    visitor?.(node);
  });
  found.finish();
  return found;
}

/** DuckDB writes a number beyond all doubles as JSON does not know it; inside of a text, the quotes before it would be escaped. */
function parseTree(serialized: string): Parsed {
  return JSON.parse(serialized.replaceAll(/"value":-?Infinity/g, '"value":null')) as Parsed;
}

/** The same for statements that do not name the files themselves: whoever reads their errors is told no directories. */
export function asDefinition({ tables, files, fileLikeTables, expansions }: Admission): Admission {
  const hide = (file: NamedFile) => ({ ...file, shown: basename(file.path), position: () => undefined });
  return { tables, files: files.map(hide), fileLikeTables: fileLikeTables.map(hide), expansions };
}

/** Of a table that holds its rows itself, whatever they were read from. */
export const plainTable: Admission = { tables: new Set(), files: [], fileLikeTables: [], expansions: 0 };

/** Binding them cannot be stopped: views of which each names the one before it twice double its time, and 40 of them never end. */
const maxExpansions = 1000;

/** Table references of DuckDB's tree that may appear; whatever a later version adds is refused until it is looked at. */
const knownReferences: ReadonlySet<unknown> = new Set([
  'BASE_TABLE',
  'COLUMN_DATA',
  'CTE',
  'EMPTY',
  'EXPRESSION_LIST',
  'JOIN',
  'PIVOT',
  'SHOW_REF',
  'SUBQUERY',
  'TABLE_FUNCTION',
]);

/** Visits every object of the tree, wherever it hangs; a loop, since trees are as deep as people write them. */
function walk(root: unknown, visit: (node: Node) => void): void {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) {
      continue;
    }
    if (Array.isArray(value)) {
      // Not as arguments of one call, of which there may be some 100,000.
      for (const element of value) {
        stack.push(element);
      }
      continue;
    }
    const node = value as Node;
    visit(node);
    for (const child of Object.values(node)) {
      stack.push(child);
    }
  }
}

class Findings implements Admission {
  readonly tables = new Set<string>();
  readonly files: NamedFile[] = [];
  readonly fileLikeTables: NamedFile[] = [];
  expansions = 0;
  readonly #sql: string;
  readonly #macros: ReadonlySet<string>;
  readonly #definitions: Definitions;
  /** The function inside a table function's reference has been judged there. */
  readonly #judged = new Set<unknown>();
  readonly #used = new Set<Admission>();
  readonly #paths = new JsonPaths();

  constructor(sql: string, macros: ReadonlySet<string>, definitions: Definitions) {
    this.#sql = sql;
    this.#macros = macros;
    this.#definitions = definitions;
  }

  visit(node: Node): void {
    if ('sample' in node && 'query_location' in node) {
      this.#visitReference(node);
    }
    if (typeof node.function_name === 'string' && !this.#judged.has(node)) {
      this.#visitScalar(node, node.function_name);
    }
    if ('type_info' in node) {
      this.#visitType(node);
    }
    if (!this.#paths.visit(node)) {
      throw this.#refuse(node, 'A path into JSON', `it has more than ${maxWildcards} wildcards`);
    }
  }

  /** What can be told only when all has been visited. */
  finish(): void {
    const call = this.#paths.findReckoned();
    if (call !== undefined) {
      throw this.#refuse(call, 'A path into JSON', 'it is neither written out as a text nor made of a column');
    }
  }

  #visitReference(node: Node): void {
    if (!knownReferences.has(node.type)) {
      throw this.#refuse(node, `A table reference of the kind ${node.type}`, 'it is not known');
    }
    if (node.type === 'BASE_TABLE') {
      this.#visitTable(node);
    }
    if (node.type === 'TABLE_FUNCTION') {
      this.#visitTableFunction(node);
    }
    if (node.type === 'SHOW_REF') {
      this.#visitShow(node);
    }
  }

  #visitTable(node: Node): void {
    const name = String(node.table_name);
    const refused = lookUp(refusedViews, name) ?? lookUp(refusedViews, `${String(node.schema_name)}.${name}`);
    if (refused) {
      throw this.#refuse(node, `The view ${name}`, refused.refused);
    }
    this.tables.add(name);
    this.#use(node, name);
    // DuckDB joins the parts before it looks for a file: data.csv is one.
    const full = [node.catalog_name, node.schema_name, name].filter(Boolean).join('.');
    if (looksLikeFile(full)) {
      this.fileLikeTables.push({ path: full, isJson: /json/i.test(full), position: () => this.#positionOf(node) });
    }
  }

  #visitTableFunction(node: Node): void {
    const call = node.function as Node;
    this.#judged.add(call);
    const name = String(call.function_name);
    const verdict = lookUp(tableFunctions, name);
    if (verdict === 'allowed') {
      return;
    }
    if (verdict === 'reads_files') {
      this.#addPaths(name, call);
      return;
    }
    if (verdict !== undefined) {
      throw this.#refuse(call, `The function ${name}`, verdict.refused);
    }
    if (this.#macros.has(name.toLowerCase()) || this.#use(call, name)) {
      return;
    }
    throw this.#refuse(call, `The table function ${name}`, 'it is not among those known to be harmless');
  }

  #addPaths(name: string, call: Node): void {
    const all = call.children as readonly Node[];
    if (all.some(hasDangerousTypes)) {
      throw this.#refuse(call, `The function ${name}`, 'its types are not written out as short texts, without VARIANT');
    }
    const files = all.filter((argument) => !isNamed(argument));
    const literals = files.flatMap(literalsOf);
    if (literals.length === 0 || literals.includes(undefined)) {
      throw this.#refuse(call, `The function ${name}`, 'its path is not written out as a text');
    }
    for (const path of literals) {
      if (path !== undefined) {
        this.files.push({ path, isJson: /json/i.test(name), position: () => this.#positionOf(call) });
      }
    }
  }

  #visitShow(node: Node): void {
    if (node.query !== null) {
      return;
    }
    const name = String(node.table_name).replaceAll('"', '');
    if (!['tables', 'databases', '__show_tables_expanded'].includes(name)) {
      throw this.#refuse(node, `SHOW ${name}`, 'it is not among those known to be harmless');
    }
  }

  /** Whether init SQL has made something of that name. It may be a CTE's or another schema's too: then more is looked at than need be. */
  #use(node: Node, name: string): boolean {
    // Most data sources have no init SQL.
    const definition = this.#definitions.size === 0 ? undefined : this.#definitions.get(name.toLowerCase());
    if (definition === undefined) {
      return false;
    }
    this.expansions += 1 + definition.expansions;
    if (this.expansions > maxExpansions) {
      const reason = `views and macros of the init SQL would be put in the place of their names more than ${maxExpansions} times`;
      throw this.#refuse(node, `The name ${name}`, reason);
    }
    if (this.#used.has(definition)) {
      return true;
    }
    this.#used.add(definition);
    for (const table of definition.tables) {
      this.tables.add(table);
    }
    this.files.push(...definition.files);
    this.fileLikeTables.push(...definition.fileLikeTables);
    return true;
  }

  #visitScalar(node: Node, name: string): void {
    const key = name.toLowerCase();
    const isDefined = this.#use(node, name);
    if (!valueFunctions.has(key)) {
      this.#visitUnlisted(node, name, isDefined || this.#macros.has(key));
    }
    if (structuredFunctions.has(key) && !hasFlatStructure(node)) {
      const reason = `its structure is not written out as a text of at most ${maxStructureOpenings} brackets`;
      throw this.#refuse(node, `The function ${name}`, reason);
    }
  }

  #visitUnlisted(node: Node, name: string, isMacro: boolean): void {
    const refused = lookUp(refusedScalars, name);
    if (refused && !isOpenSetting(node, name)) {
      throw this.#refuse(node, `The function ${name}`, refused.refused);
    }
    if (!refused && !isMacro) {
      const position = this.#positionOf(node);
      throw new EngineError('sql_refused', `The function ${name} is none, or none of those known to be harmless`, {
        hint: `The nearest is ${nearest(name, [...valueFunctions, ...this.#macros])}`,
        ...place(position),
      });
    }
  }

  #visitType(node: Node): void {
    const refused = lookUp(refusedTypes, String(node.id));
    if (refused) {
      throw this.#refuse(node, `A cast to the type ${node.id}`, refused.refused);
    }
  }

  #refuse(node: Node, what: string, reason: string): EngineError {
    return new EngineError('sql_refused', `${what} may not run here: ${reason}`, place(this.#positionOf(node)));
  }

  #positionOf(node: Node): number | undefined {
    return positionIn({ sql: this.#sql }, Number(node.query_location));
  }
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** `delim = ','` and `delim := ','`, beside the paths. */
function isNamed(argument: Node): boolean {
  return argument.alias !== '' || (argument.type === 'COMPARE_EQUAL' && (argument.left as Node).type === 'COLUMN_REF');
}

function isOpenSetting(node: Node, name: string): boolean {
  if (name.toLowerCase() !== 'current_setting') {
    return false;
  }
  const [setting] = (node.children as readonly Node[]).flatMap(literalsOf);
  return setting !== undefined && openSettings.has(setting.toLowerCase());
}

function place(position: number | undefined): { position?: number } {
  return position === undefined ? {} : { position };
}
