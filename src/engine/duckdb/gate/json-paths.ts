import { literalsOf, type Node } from './tree.ts';

/** Functions of JSON whose second argument is a path. */
const functionsWithPath: ReadonlySet<string> = new Set([
  '->>',
  'json_array_length',
  'json_exists',
  'json_extract',
  'json_extract_path',
  'json_extract_path_text',
  'json_extract_string',
  'json_keys',
  'json_type',
  'json_value',
]);

/** Functions whose second argument is a lambda, which `x -> …` may also write. */
const functionsWithLambda = /^(array|list)?_?(apply|filter|reduce|transform)$/;

/** DuckDB descends natively at each wildcard of a path: 50,000 end the process, and 10,000 were seen not to. */
export const maxWildcards = 1000;

/**
 * The paths into JSON of one statement. DuckDB takes wildcards only from a path that is constant, and reckons that out while it binds:
 * `'$' || repeat('[*]', 50000)` is one. So a path is written out, or has to do with a column, which nothing reckons out.
 */
export class JsonPaths {
  readonly #reckoned: { readonly call: Node; readonly path: Node }[] = [];
  /** Of expressions, in lower case: an alias may stand for a constant. */
  readonly #aliases = new Set<string>();
  readonly #lambdas = new Set<unknown>();

  /** @returns whether the node's path is fine so far */
  visit(node: Node): boolean {
    if (typeof node.alias === 'string' && node.alias !== '' && 'class' in node) {
      this.#aliases.add(node.alias.toLowerCase());
    }
    const name = typeof node.function_name === 'string' ? node.function_name.toLowerCase() : '';
    if (functionsWithLambda.test(name)) {
      this.#lambdas.add((node.children as readonly Node[])[1]);
    }
    if (functionsWithPath.has(name)) {
      return (node.children as readonly Node[]).slice(1).every((path) => this.#take(node, path));
    }
    const isArrow = node.class === 'LAMBDA' && !this.#lambdas.has(node) && !hasKeyword(node);
    return isArrow ? this.#take(node, node.expr as Node) : true;
  }

  /** The first call whose path may be a reckoned constant; to be asked when all of the statement was visited. */
  findReckoned(): Node | undefined {
    return this.#reckoned.find(({ path }) => !this.#namesColumn(path))?.call;
  }

  #take(call: Node, path: Node): boolean {
    const literals = literalsOf(path);
    if (literals.includes(undefined) && !isNumber(path)) {
      this.#reckoned.push({ call, path });
    }
    return literals.every((text) => text === undefined || text.split('*', maxWildcards + 2).length <= maxWildcards + 1);
  }

  #namesColumn(path: Node): boolean {
    const stack: unknown[] = [path];
    while (stack.length > 0) {
      const value = stack.pop();
      if (typeof value === 'object' && value !== null) {
        if ('column_names' in value && this.#isColumn(value.column_names as readonly string[])) {
          return true;
        }
        stack.push(...Object.values(value));
      }
    }
    return false;
  }

  #isColumn(names: readonly string[]): boolean {
    const first = String(names[0]).toLowerCase();
    // `current_user` and its like stand for constants, and alias.x for whatever has that name.
    return names.length > 1
      ? first !== 'alias'
      : !this.#aliases.has(first) && !/^(current_|session_|local|user$)/.test(first);
  }
}

/** `lambda x: …`, whose parameter has no place of its own in DuckDB's tree. */
function hasKeyword(lambda: Node): boolean {
  const { query_location: location } = lambda.lhs as Node;
  return Number(location) > Number.MAX_SAFE_INTEGER;
}

/** `j -> 0` */
function isNumber(path: Node): boolean {
  return path.type === 'VALUE_CONSTANT';
}
