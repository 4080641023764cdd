/** An object of the tree that `json_serialize_sql` writes. */
export type Node = Readonly<Record<string, unknown>>;

/** `'/a'` and `['/a', '/b']`; undefined for what is no text written out. */
export function literalsOf(argument: Node): readonly (string | undefined)[] {
  if (argument.type === 'VALUE_CONSTANT') {
    const { value } = argument.value as Node;
    return [typeof value === 'string' ? value : undefined];
  }
  const isList = argument.function_name === 'list_value' || argument.type === 'ARRAY_CONSTRUCTOR';
  return isList ? (argument.children as readonly Node[]).flatMap(literalsOf) : [undefined];
}
