import type { Random } from '../random.ts';
import { randomLiteral, randomText, randomType } from './literals.ts';
import type { FunctionOverload } from './vocabulary.ts';

/** Columns of the tables that every statement may read, by kind. */
const columns: Readonly<Record<Kind, readonly string[]>> = {
  number: ['temperature', 'humidity', 'gusts'],
  text: ['station', 'region', 'remark', 'checksum'],
  boolean: ['rain'],
  time: ['time'],
  other: ['time', 'station', 'temperature', 'rain'],
};
const tables = ['readings', 'readings_csv', 'readings_json', 'readings_parquet'];
const joins = ['JOIN', 'LEFT JOIN', 'FULL JOIN', 'SEMI JOIN', 'ANTI JOIN', 'ASOF JOIN'];
const orders = [
  '',
  'ORDER BY time',
  'PARTITION BY station ORDER BY time ROWS 2 PRECEDING',
  "ORDER BY time RANGE INTERVAL '1 hour' PRECEDING EXCLUDE TIES",
];
/** What makes as much as a number says: an argument out of all measure shows only that memory ends. */
const makers = /repeat|pad|range|series|resize|bar|space|format|make_|to_|sleep/;

/** Expressions of one kind fit where another of the kind stands. */
type Kind = 'number' | 'text' | 'boolean' | 'time' | 'other';

const kinds: readonly Kind[] = ['number', 'text', 'boolean', 'time', 'other'];
const typeOf: Readonly<Record<Kind, string>> = {
  number: 'BIGINT',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  other: '',
};

function kindOf(type: string): Kind {
  const found: readonly (readonly [RegExp, Kind])[] = [
    [/\[/, 'other'],
    [/INT|^(DOUBLE|FLOAT|DECIMAL)/, 'number'],
    [/^VARCHAR/, 'text'],
    [/^BOOLEAN/, 'boolean'],
    [/^(TIMESTAMP|DATE)/, 'time'],
  ];
  return found.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}

/** Writes statements that DuckDB's grammar takes, mostly with arguments that its functions take. */
export class Grammar {
  readonly #random: Random;
  readonly #scalars: Readonly<Record<Kind, readonly FunctionOverload[]>>;
  readonly #aggregates: readonly FunctionOverload[];
  readonly #tableFunctions: readonly FunctionOverload[];

  constructor(random: Random, vocabulary: readonly FunctionOverload[]) {
    this.#random = random;
    const scalars = vocabulary.filter(({ kind }) => kind === 'scalar' || kind === 'macro');
    const returning = (kind: Kind) => scalars.filter(({ returnType }) => kindOf(returnType ?? '') === kind);
    this.#scalars = {
      number: returning('number'),
      text: returning('text'),
      boolean: returning('boolean'),
      time: returning('time'),
      other: returning('other'),
    };
    this.#aggregates = vocabulary.filter(({ kind }) => kind === 'aggregate');
    this.#tableFunctions = vocabulary.filter(({ kind }) => kind.startsWith('table'));
  }

  statement(): string {
    const statement = this.#select(1);
    return this.#random.happens(0.03) ? `EXPLAIN ${statement}` : statement;
  }

  #select(depth: number): string {
    const random = this.#random;
    const clause = (probability: number, write: () => string) => (random.happens(probability) ? ` ${write()}` : '');
    const isGrouped = random.happens(0.35);
    const operation = () => `${random.pick(['UNION ALL BY NAME', 'UNION', 'EXCEPT'])} ${this.#select(depth - 1)}`;
    return [
      depth > 0 && random.happens(0.1) ? `WITH c AS (${this.#select(depth - 1)}) ` : '',
      `SELECT${clause(0.05, () => 'DISTINCT')} ${isGrouped ? this.#groups(depth) : this.#items(depth)}`,
      ` FROM ${this.#from(depth)}`,
      clause(0.3, () => `WHERE ${this.#expression('boolean', depth)}`),
      isGrouped ? ` GROUP BY ${random.pick(['ALL', 'ALL', 'station', 'ROLLUP (station)', 'CUBE (station)'])}` : '',
      isGrouped ? '' : clause(0.05, () => `QUALIFY ${this.#window()} IS NOT NULL`),
      depth > 0
        ? clause(0.05, operation)
        : clause(0.2, () => `ORDER BY ${random.pick(['1', 'ALL', '1 DESC NULLS FIRST'])}`),
      clause(0.3, () => `LIMIT ${random.pick(['0', '1', '10', '10%', '1 OFFSET 5', '9223372036854775807'])}`),
      clause(0.03, () => 'USING SAMPLE 10%'),
    ].join('');
  }

  #items(depth: number): string {
    const random = this.#random;
    if (random.happens(0.1)) {
      return random.pick(['*', '* EXCLUDE (time)', "COLUMNS('t.*')", '* REPLACE (1 AS time)', 'q.*']);
    }
    const item = () => this.#expression(random.pick(kinds), depth) + this.#alias();
    return Array.from({ length: 1 + random.below(3) }, item).join(', ');
  }

  #groups(depth: number): string {
    const aggregate = () => this.#aggregate(depth) + this.#alias();
    return `station, ${Array.from({ length: 1 + this.#random.below(2) }, aggregate).join(', ')}`;
  }

  #alias(): string {
    return this.#random.happens(0.3) ? ` AS ${this.#random.pick(['metric', 'value', '"a b"', 'a', '"💥"'])}` : '';
  }

  #from(depth: number): string {
    const random = this.#random;
    if (random.happens(0.1)) {
      return `${random.pick(tables)} AS q ${random.pick(joins)} ${random.pick(tables)} AS b USING (station, time)`;
    }
    if (depth > 0 && random.happens(0.2)) {
      return random.pick([
        `(SELECT * FROM ${random.pick(tables)} LIMIT 100) AS q`,
        `(${this.#select(depth - 1)}) AS q (time, station, rain)`,
        `${this.#call(this.#tableFunctions, 0)} AS q`,
        'test_all_types() AS q',
        `(PIVOT readings ON region IN ('north', 'west') USING avg(temperature) GROUP BY time, station, rain) AS q`,
        '(UNPIVOT readings ON temperature, humidity INTO NAME metric VALUE value) AS q',
        '(DESCRIBE readings) AS q',
        '(SUMMARIZE readings) AS q',
      ]);
    }
    return `${random.pick(tables)} AS q`;
  }

  /** Now and then of another kind than was asked for. */
  #expression(wanted: Kind, depth: number): string {
    const random = this.#random;
    const kind = random.happens(0.03) ? random.pick(kinds) : wanted;
    if (depth <= 0 || random.happens(0.2)) {
      const type = typeOf[kind] || randomType(random);
      return random.happens(0.5) ? random.pick(columns[kind]) : randomLiteral(random, type);
    }
    if (random.happens(0.6)) {
      return this.#call(this.#scalars[kind], depth);
    }
    const inner = (of: Kind) => this.#expression(of, depth - 1);
    return random.pick([
      ...this.#operations(kind, inner),
      () => `TRY_CAST(${inner('other')} AS ${typeOf[kind] || randomType(random)})`,
      () => `CASE WHEN ${inner('boolean')} THEN ${inner(kind)} ELSE ${inner(kind)} END`,
      () => `(SELECT ${inner(kind)} FROM ${random.pick(tables)} LIMIT 1)`,
      () => `coalesce(${inner(kind)}, ${inner(kind)})`,
    ])();
  }

  #operations(kind: Kind, inner: (of: Kind) => string): readonly (() => string)[] {
    const random = this.#random;
    const binary = (of: Kind, operators: readonly string[]) => () =>
      `(${inner(of)} ${random.pick(operators)} ${inner(of)})`;
    const operations: Readonly<Record<Kind, readonly (() => string)[]>> = {
      number: [binary('number', ['+', '-', '*', '/', '//', '%', '^', '&', '|', '<<', '>>']), () => this.#window()],
      text: [binary('text', ['||']), () => `(${inner('text')})[1:2]`],
      boolean: [
        binary('boolean', ['AND', 'OR', 'IS DISTINCT FROM']),
        binary('text', ['LIKE', 'ILIKE', 'SIMILAR TO', 'GLOB', '^@', '=', '<']),
        binary('number', ['=', '<>', '<', '>=']),
        binary('time', ['=', '<', '>=']),
        () => `(${inner('number')} IN (${inner('number')}, ${inner('number')}))`,
        () => `(${inner('time')} BETWEEN ${inner('time')} AND ${inner('time')})`,
        () => random.pick(['$__timeFilter(time)', '$__unixEpochFilter(gusts)', '$__dateFilter(time)', '$__nothing(x)']),
      ],
      time: [
        () => `(${inner('time')} ${random.pick(['+', '-'])} ${randomLiteral(random, 'INTERVAL')})`,
        () => random.pick(["$__timeGroup(time, '10m')", '$__timeFrom()::TIMESTAMP', "time AT TIME ZONE 'Asia/Tokyo'"]),
      ],
      other: [
        () => `[${inner('number')}, ${inner('number')}]`,
        () => `{'a': ${inner('text')}, 'b': ${inner('time')}}`,
        () => `[x FOR x IN [${inner('number')}, 2] IF x IS NOT NULL]`,
        () => `(${inner('time')} - ${inner('time')})`,
        () => `(${inner('text')}::JSON -> '$.a')`,
      ],
    };
    return operations[kind];
  }

  #aggregate(depth: number): string {
    const filter = this.#random.happens(0.1) ? ' FILTER (rain)' : '';
    return this.#call(this.#aggregates, depth, this.#random.happens(0.1) ? 'DISTINCT ' : '') + filter;
  }

  #window(): string {
    return `${this.#call(this.#aggregates, 0)} OVER (${this.#random.pick(orders)})`;
  }

  #call(functions: readonly FunctionOverload[], depth: number, prefix = ''): string {
    const random = this.#random;
    const { name, parameterTypes } = random.pick(functions);
    const isSmall = makers.test(name);
    const count = Math.max(0, parameterTypes.length + (random.happens(0.05) ? random.pick([1, -1]) : 0));
    const argument = (type: string) =>
      isSmall || /LAMBDA|\[/.test(type) || random.happens(0.5)
        ? randomLiteral(random, type, isSmall)
        : this.#expression(kindOf(type), depth - 1);
    const written = Array.from({ length: count }, (_, i) => argument(parameterTypes[i] ?? 'ANY')).join(', ');
    const quoted = /^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
    return `${quoted}(${prefix}${written})`;
  }
}

/** A statement within odd whitespace, comments and brackets, which every lexer on the way must agree on. */
export function decorate(random: Random, sql: string): string {
  return random.pick([
    () => `${sql};`,
    () => `${sql} -- ${randomText(random)}`,
    () => `/* ${randomText(random)} */ ${sql}`,
    () => `  (${sql})  `,
    () => `${sql}\n;;\n-- end`,
    () => sql.replaceAll(' ', random.pick(['\t', '\n', '/**/', '\u00a0'])),
  ])();
}
