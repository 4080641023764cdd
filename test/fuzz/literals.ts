import type { Random } from '../random.ts';

const smallIntegers = ['0', '1', '2', '-1', '7', '42', '100', '1000'];
const edgeIntegers = [
  '127',
  '-128',
  '255',
  '32767',
  '65536',
  '2147483647',
  '-2147483648',
  '4294967296',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '18446744073709551615',
  '170141183460469231731687303715884105727',
];
const doubles = ['0.0', '-0.0', '1.5', '1e308', '1e-308', '-1e308', "'NaN'::DOUBLE", "'inf'::DOUBLE", "'-inf'::FLOAT"];
const texts = [
  '',
  'a',
  'north',
  'cork',
  'a b',
  "O''Brien",
  '%',
  '_',
  '\\',
  '\\x00',
  '💥',
  'é',
  '\u202e',
  '0',
  '1e400',
  '-',
  'null',
];
const oddTexts = [
  '{"a": [1, {"b": null}]}',
  '[1,2,',
  '{',
  '$.a[0]',
  '[[1]]',
  '(a+)+$',
  'Europe/Berlin',
  '%Y-%m-%d %H:%M:%S',
  '{:d} {}',
  '%s %d %n',
];
const dates = [
  '2026-01-01',
  '1970-01-01',
  '1582-10-15',
  '0001-01-01',
  '9999-12-31',
  '5877642-06-25 (BC)',
  'infinity',
  '-infinity',
  'epoch',
  '2024-02-30',
];
const timestamps = [
  '2026-01-01 12:34:56.789',
  '1969-12-31 23:59:59.999999',
  '2262-04-11 23:47:16.854775807',
  '290309-12-22 (BC) 00:00:00',
  '294247-01-10 04:00:54.775806',
  'infinity',
  '2026-03-29 02:30:00+01',
];
const intervals = [
  '1 day',
  '-1 month',
  '1 year 2 days 03:04:05.678901',
  '100000000 months',
  '2147483647 days',
  '1 microsecond',
];
const types = [
  'BOOLEAN',
  'TINYINT',
  'BIGINT',
  'UBIGINT',
  'HUGEINT',
  'UHUGEINT',
  'FLOAT',
  'DOUBLE',
  'DECIMAL(38, 10)',
  'DECIMAL(4, 4)',
  'VARCHAR',
  'BLOB',
  'BIT',
  'UUID',
  'DATE',
  'TIME',
  'TIMETZ',
  'TIMESTAMP',
  'TIMESTAMP_NS',
  'TIMESTAMP_S',
  'TIMESTAMPTZ',
  'INTERVAL',
  'JSON',
  'INTEGER[]',
  'VARCHAR[][]',
  'INTEGER[3]',
  'STRUCT(a INTEGER, b VARCHAR)',
  'MAP(VARCHAR, INTEGER)',
  'UNION(n INTEGER, t VARCHAR)',
  "ENUM('a', 'b')",
];

/** The name of a type, as casts take it. */
export function randomType(random: Random): string {
  return random.pick(types);
}

export function randomText(random: Random): string {
  if (random.happens(0.05)) {
    return `repeat('${random.pick(['a', 'ab', '[', '💥'])}', ${1 + random.below(2000)})`;
  }
  return `'${random.pick(random.happens(0.7) ? texts : oddTexts)}'`;
}

/** @param isSmall no more than 1,000 where the number says how much to make */
function randomInteger(random: Random, isSmall: boolean): string {
  return random.pick(isSmall || random.happens(0.7) ? smallIntegers : edgeIntegers);
}

type Maker = (random: Random, isSmall: boolean) => string;

const quoted =
  (values: readonly string[], type: string): Maker =>
  (random) =>
    `${type} '${random.pick(values)}'`;

/** Literals by the beginning of a parameter's type. */
const makers: readonly (readonly [RegExp, Maker])[] = [
  [/\[\d*\]$/, (random, isSmall) => `[${list(random, isSmall)}]`],
  [/^U?(BIGINT|INTEGER|SMALLINT|TINYINT|HUGEINT)|^BIGNUM/, randomInteger],
  [/^(DOUBLE|FLOAT|DECIMAL)/, (random) => random.pick(doubles)],
  [/^(VARCHAR|JSON)/, randomText],
  [/^BOOLEAN/, (random) => random.pick(['true', 'false'])],
  [/^DATE$/, quoted(dates, 'DATE')],
  [/^TIMESTAMP WITH TIME ZONE/, quoted(timestamps, 'TIMESTAMPTZ')],
  [/^TIMESTAMP/, quoted(timestamps, 'TIMESTAMP')],
  [/^TIME/, quoted(['00:00:00', '23:59:59.999999', '24:00:00', '12:34:56+15:59:59'], 'TIME')],
  [/^INTERVAL/, quoted(intervals, 'INTERVAL')],
  [/^BLOB/, (random) => random.pick(["'\\x00\\xFF'::BLOB", "''::BLOB", "'abc'::BLOB"])],
  [/^BIT/, (random) => random.pick(["'1'::BIT", "'0101010101'::BIT"])],
  [/^UUID/, () => "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID"],
  [/^MAP/, (random, isSmall) => `MAP {${randomText(random)}: ${randomInteger(random, isSmall)}}`],
  [/^(STRUCT|ROW)/, (random, isSmall) => `{'a': ${randomInteger(random, isSmall)}, 'b': ${randomText(random)}}`],
  [/^LAMBDA/, (random) => `lambda x: ${random.pick(['x', 'x + 1', 'x IS NULL', "x::VARCHAR || 'a'", '[x]'])}`],
];

/** A literal that a parameter of this type takes, mostly: now and then another, or NULL. */
export function randomLiteral(random: Random, type: string, isSmall = false): string {
  if (random.happens(0.06)) {
    return random.happens(0.5) ? 'NULL' : `NULL::${randomType(random)}`;
  }
  const known = makers.find(([pattern]) => pattern.test(type));
  const maker = known === undefined || random.happens(0.08) ? random.pick(makers)[1] : known[1];
  return maker(random, isSmall);
}

function list(random: Random, isSmall: boolean): string {
  const maker = random.pick([randomInteger, randomText]);
  return Array.from({ length: random.below(4) }, () => (random.happens(0.2) ? 'NULL' : maker(random, isSmall))).join(
    ', ',
  );
}
