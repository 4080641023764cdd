import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, type Database, loadBindings } from '../../src/engine/duckdb/bindings.ts';
import { Parser } from '../../src/engine/duckdb/gate/parser.ts';
import { type Region, SqlLexer } from '../../src/sql/lexer.ts';
import { hasSecondStatement, withoutSemicolon } from '../../src/sql/semicolon.ts';

/*
 * Random texts of what strings, names and comments begin and end with, given to our lexer and to DuckDB's own parser. What the parser says
 * tells how it has cut them: how many statements there are, and where the first token stands that does not fit.
 */

const bindings = loadBindings();
let database: Database;
let control: Connection;
let parser: Parser;

beforeAll(async () => {
  const options = bindings.create_config();
  bindings.set_config(options, 'errors_as_json', 'true');
  database = await bindings.open(':memory:', options);
  control = await bindings.connect(database);
  parser = await Parser.open(bindings, database);
});
afterAll(() => {
  parser.close();
  bindings.disconnect_sync(control);
  bindings.close_sync(database);
});

/** Without x'…' and b'…', in which '' is two quotes, not one: what they end and begin with is refused wherever it stands. */
const pieces = [
  ...["'", "'", "''", "\\'", '"', '$$', '$a$', '$é$', '$', "e'", "E'", 'é', 'a', '_', '1', '--', '/*', '*/'],
  ...['\n', '\r', ' ', '\t', ';', ';', ',', ',1', ' as c', '\\', '+', '-', '/', '(', ')', ';select 1', "'x'"],
];

test('SqlLexer cuts random texts as DuckDB does', async () => {
  const random = randomFrom(1);
  const problems: object[] = [];
  const seen = { valid: 0, several: 0, regions: 0, refused: 0 };
  for (let i = 0; i < 15_000; i++) {
    const length = 1 + Math.floor(random() * 12);
    const noise = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const sql = `select 1 ${random() < 0.5 ? 'as c' : ','}${noise}`;
    const regions = regionsOf(sql);
    const parsed = JSON.parse(await parser.serialize(sql)) as Parsed;
    const problem = parsed.error ? whyNotRefused(regions, parsed) : whyNotValid(sql, regions, parsed);
    if (problem !== undefined) {
      problems.push({ sql, problem, said: parsed.error_message });
    }
    seen[parsed.error ? 'refused' : 'valid']++;
    seen.several += parsed.error || (parsed.statements?.length ?? 0) < 2 ? 0 : 1;
    seen.regions += parsed.error ? 0 : regions.length;
  }
  expect(problems).toEqual([]);
  // The texts are worth something: enough of them are SQL, with regions, and with more than one statement.
  expect(seen.valid).toBeGreaterThan(1500);
  expect(seen.several).toBeGreaterThan(100);
  expect(seen.regions).toBeGreaterThan(1000);
}, 60_000);

interface Parsed {
  readonly error: boolean;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}

interface Placed extends Region {
  readonly start: number;
}

function whyNotValid(sql: string, regions: readonly Placed[], { statements = [] }: Parsed): string | undefined {
  const last = regions.at(-1);
  if (last && last.kind !== 'comment' && last.end === last.bodyEnd) {
    return 'a string is open';
  }
  if (hasSecondStatement(sql) !== statements.length > 1) {
    return `${statements.length} statements`;
  }
  return undefined;
}

/** The first token that DuckDB cannot use begins outside of all regions, or where one begins. */
function whyNotRefused(regions: readonly Placed[], { error_message = '', position }: Parsed) {
  if (position === undefined) {
    return undefined;
  }
  const at = Number(position); // in characters, and these texts have none of two units
  const inside = regions.find(({ start, end }) => start < at && at < end);
  // An open string or comment is named at its end.
  return inside && !error_message.startsWith('unterminated') ? `an error inside ${JSON.stringify(inside)}` : undefined;
}

function regionsOf(sql: string): readonly Placed[] {
  const lexer = new SqlLexer(sql);
  const regions: Placed[] = [];
  for (let at = 0; at < sql.length; at++) {
    const region = lexer.regionAt(at);
    if (region) {
      regions.push({ start: at, ...region });
      at = region.end - 1;
    }
  }
  return regions;
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator with the constants of Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('what is cut off at the semicolon can be wrapped', async () => {
  for (const sql of [`SELECT TIME '00:00:00' AS é$$;`, "SELECT e'a'\n'\\';' ; -- '", 'SELECT 1 AS a -- ;\r;']) {
    const wrapped = `SELECT #1 FROM (${withoutSemicolon(sql)}\n) AS q`;
    expect(JSON.parse(await parser.serialize(wrapped)), wrapped).toMatchObject({ error: false });
  }
});
