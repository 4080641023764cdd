/** The same query with a key set, or without it; what other keys it has, stays. */
export function withKey<Query extends object, Key extends keyof Query>(
  query: Query,
  key: Key,
  value: Query[Key] | undefined,
): Query {
  const { [key]: _, ...rest } = query;
  return (value === undefined ? rest : { ...rest, [key]: value }) as Query;
}
