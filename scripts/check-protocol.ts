import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLedger, type Row } from './check-protocol-ledger.ts';
import { readProto } from './check-protocol-proto.ts';
import { checkRow, parseLimit } from './check-protocol-row.ts';
import { readSource, type SourceFacts } from './check-protocol-source.ts';

const folder = 'src/goplugin';
const ledgerName = `${folder}/PROTOCOL.md`;

/** Files of the library by their paths below src/goplugin, without tests. */
type Sources = ReadonlyMap<string, SourceFacts>;

/**
 * Holds src/goplugin/PROTOCOL.md against the code, in both directions: what rows name must be there, and what is there
 * must have a row. What go-plugin has, the Go test beside its host compares. One sentence for each difference.
 */
export function checkProtocol(root: string): string[] {
  const { rows, problems } = parseLedger(readFileSync(join(root, ledgerName), 'utf8'));
  const sources = readSources(join(root, folder));
  return [
    ...problems.map((problem) => `${ledgerName}: ${problem}`),
    ...rows.flatMap((row) => checkRow(row, join(root, folder)).map((problem) => `${where(row)}: ${problem}`)),
    ...things(root, sources).flatMap((list) => compare(list, rows)),
    ...checkMembers(rows, sources),
    ...checkExports(rows, sources),
    ...checkLimits(rows, sources),
  ];
}

/** What there must be a row for, by the heading of its table. */
interface Things {
  readonly section: string;
  /** As sentences call one of them. */
  readonly kind: string;
  readonly wanted: readonly string[];
  /** What rows may name besides. */
  readonly known?: readonly string[];
}

function things(root: string, sources: Sources): Things[] {
  const texts = [...sources.values()].flatMap((source) => [...source.texts]);
  const protos = (glob: string) =>
    globSync(glob, { cwd: root }).map((path) => readProto(readFileSync(join(root, path), 'utf8')));
  const own = protos('proto/goplugin/*.proto');
  const reflection = protos('proto/grpc/reflection/*/*.proto');
  const fields = [...own, ...reflection].flatMap((proto) => proto.fields);
  return [
    {
      section: 'Environment variables',
      kind: 'variable in src/goplugin',
      wanted: texts.filter((text) => /^PLUGIN_[A-Z_]+$/.test(text)),
    },
    {
      section: 'RPCs',
      kind: 'RPC in proto/goplugin or proto/grpc/reflection',
      wanted: [...own, ...reflection].flatMap(({ rpcs }) => rpcs),
    },
    {
      section: 'Message fields',
      kind: 'field in proto/goplugin or of ServerReflectionRequest',
      wanted: fields.filter((field) => own.some((proto) => proto.fields.includes(field)) || isQuestion(field)),
      known: fields,
    },
    { section: 'Signals', kind: 'signal in src/goplugin', wanted: texts.filter((text) => /^SIG[A-Z]+$/.test(text)) },
    {
      section: 'Error codes',
      kind: 'code in src/goplugin/errors.ts',
      wanted: membersOf(sources.get('errors.ts'), 'errorCodes').map((member) => member.replace('errorCodes.', '')),
    },
  ];
}

function isQuestion(field: string): boolean {
  return field.startsWith('ServerReflectionRequest.');
}

function compare({ section, kind, wanted, known = [] }: Things, rows: readonly Row[]): string[] {
  const own = rows.filter((row) => row.section === section && row.key !== undefined);
  const keys = own.map(({ key }) => key);
  return [
    ...[...new Set(wanted)]
      .filter((thing) => !keys.includes(thing))
      .map((thing) => `${ledgerName}: the ${kind} ${thing} has no row under "${section}"`),
    ...own
      .filter(({ key = '' }) => ![...wanted, ...known].includes(key))
      .map((row) => `${where(row)}: there is no ${kind} of this name any more`),
    ...own
      .filter(({ name }, index) => own.findIndex((other) => other.name === name) !== index)
      .map((row) => `${where(row)}: another row has this name`),
  ];
}

// Whose members must all be named in the column `ours`, by whatever row.
const described = /Config$|^(Client|Broker|BrokeredServer|Connection|PluginService|Checksum)$/;

function checkMembers(rows: readonly Row[], sources: Sources): string[] {
  const named = namesOf(rows);
  return [...sources].flatMap(([path, { members }]) =>
    [...members]
      .filter((member) => described.test(member.replace(/\..*/, '')) && !named.has(`${path} ${member}`))
      .map((member) => `${ledgerName}: no row names ${member} of ${path} under "ours"`),
  );
}

/** What the library hands out, by index.ts: each name must stand in some row. */
function checkExports(rows: readonly Row[], sources: Sources): string[] {
  const named = new Set([...namesOf(rows)].map((name) => name.replace(/^\S+ /, '').replace(/\..*/, '')));
  return (sources.get('index.ts')?.reexports ?? [])
    .filter((name) => !named.has(name))
    .map((name) => `${ledgerName}: no row names ${name}, which index.ts exports, under "ours"`);
}

// Named after its unit; a number below two is a start or a stand-in, and no limit.
const limitName = /(Ms|Bytes|ByteLength|Length|Lines)$/;

function checkLimits(rows: readonly Row[], sources: Sources): string[] {
  const stated = new Set(
    rows.flatMap(({ limit = '', ours }) =>
      ours.flatMap(({ path, names }) => names.map((name) => `${path} ${name} ${parseLimit(limit)}`)),
    ),
  );
  return [...sources].flatMap(([path, { numbers }]) =>
    [...numbers]
      .filter(([name]) => limitName.test(name))
      .flatMap(([name, values]) => [...new Set(values)].map((value) => ({ name, value })))
      .filter(({ name, value }) => value > 1 && !stated.has(`${path} ${name} ${value}`))
      .map(({ name, value }) => `${ledgerName}: no row of a table with limits names ${name} of ${path}, ${value}`),
  );
}

function namesOf(rows: readonly Row[]): Set<string> {
  return new Set(rows.flatMap(({ ours }) => ours.flatMap(({ path, names }) => names.map((name) => `${path} ${name}`))));
}

function membersOf(source: SourceFacts | undefined, owner: string): string[] {
  return [...(source?.members ?? [])].filter((member) => member.startsWith(`${owner}.`));
}

function readSources(top: string): Sources {
  const paths = globSync('**/*.ts', { cwd: top }).filter((path) => !path.endsWith('.test.ts'));
  return new Map(paths.sort().map((path) => [path, readSource(path, readFileSync(join(top, path), 'utf8'))]));
}

function where({ line, name }: Row): string {
  return `${ledgerName}:${line} (${name})`;
}

if (import.meta.main) {
  const problems = checkProtocol(join(import.meta.dirname, '..'));
  for (const problem of problems) {
    console.error(problem);
  }
  process.exitCode = problems.length === 0 ? 0 : 1;
}
