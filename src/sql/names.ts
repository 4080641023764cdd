import { quoteName } from './quote.ts';

/** A name as SQL writes it, quoted only where it must be: `host` stays, `a b` becomes `"a b"`. */
export function formatName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name.toLowerCase()) ? name : quoteName(name);
}

/** Words that are no names without quotes: DuckDB's reserved ones and its types and functions (duckdb_keywords(), v1.5.5). */
const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check collate
  collation column columns concurrently constraint create cross default deferrable desc describe distinct do else end except
  false fetch for foreign freeze from full generated glob group having ilike in initially inner intersect into is isnull join
  lambda lateral leading left like limit map natural not notnull null offset on only or order outer overlaps pivot pivot_longer
  pivot_wider placing positional primary qualify references returning right select semi show similar some struct summarize
  symmetric table tablesample then to trailing true try_cast union unique unpack unpivot using variadic verbose when where
  window with`.split(/\s+/),
);
