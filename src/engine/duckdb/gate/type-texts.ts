import { literalsOf, type Node } from './tree.ts';

/** Options of functions that read files, whose texts are types. */
const typeOptions: ReadonlySet<string> = new Set([
  'columns',
  'types',
  'dtypes',
  'column_types',
  'hive_types',
  'schema',
]);
/** In UTF-16 units. */
const maxTypeLength = 10_000;

/** Types as texts, which DuckDB hands to its parser: it cannot be stopped there. VARIANT is refused as in a cast. */
export function hasDangerousTypes(argument: Node): boolean {
  const isEqual = argument.type === 'COMPARE_EQUAL';
  const name = isEqual ? lastName(argument.left as Node) : String(argument.alias);
  if (!typeOptions.has(name.toLowerCase())) {
    return false;
  }
  return !isPlain(isEqual ? (argument.right as Node) : argument);
}

function lastName(node: Node): string {
  return String((node.column_names as readonly string[] | undefined)?.at(-1));
}

/** Lists, structs and maps of short texts and numbers. */
function isPlain(value: Node): boolean {
  if (value.type === 'VALUE_CONSTANT') {
    const text = String((value.value as Node).value);
    return text.length <= maxTypeLength && !/variant|\/\*/i.test(text);
  }
  const isConstructor =
    value.type === 'ARRAY_CONSTRUCTOR' || /^(list_value|struct_pack|row|map)$/i.test(String(value.function_name));
  return isConstructor && (value.children as readonly Node[]).every(isPlain);
}

export const maxStructureOpenings = 1000;

/** DuckDB descends into a structure: `{"a": "INTEGER"}`. */
export function hasFlatStructure(call: Node): boolean {
  const [, structure] = call.children as readonly Node[];
  const [text] = structure === undefined ? [] : literalsOf(structure);
  return text !== undefined && text.split(/[[{]/, maxStructureOpenings + 2).length <= maxStructureOpenings + 1;
}
