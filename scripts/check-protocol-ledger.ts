/** What a row may say of a thing: it is all there, in part, turned down by name, not there, or beyond go-plugin. */
export const statuses = ['full', 'partly', 'refused', 'left out', 'ours'] as const;

/** A file, by a path relative to the ledger, and what of it is named. */
export interface Place {
  readonly path: string;
  /** Identifiers; `Owner.member` is the member of an interface, a class or a table. */
  readonly names: readonly string[];
}

export interface TestPlace {
  readonly path: string;
  /** The test's full name: those of its describe()s and its own, with spaces between. */
  readonly title: string;
}

export interface Row {
  /** The heading above its table. */
  readonly section: string;
  /** 1-based. */
  readonly line: number;
  readonly name: string;
  /** The first thing between backticks in the name: an identifier, which can be looked for. */
  readonly key: string | undefined;
  readonly status: string;
  /** Only in tables that have such a column; empty for what has none. */
  readonly limit: string | undefined;
  readonly ours: readonly Place[];
  readonly tests: readonly TestPlace[];
  readonly why: string;
}

export interface Ledger {
  readonly rows: readonly Row[];
  /** Sentences about what is no row. */
  readonly problems: readonly string[];
}

const columns = ['name', 'status', 'limit', 'ours', 'test', 'why'];

/**
 * Reads the tables of the ledger: those whose first column is `name`. Others, and all prose, are for people alone. A cell
 * of files has one entry a line (`<br>`): a link to the file, then identifiers between backticks, or the name of a test.
 */
export function parseLedger(markdown: string): Ledger {
  const rows: Row[] = [];
  const problems: string[] = [];
  let section = '';
  let header: readonly string[] | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const line = index + 1;
    section = /^#+ (.*)$/.exec(text)?.[1]?.trim() ?? section;
    if (!text.startsWith('|')) {
      header = undefined;
      continue;
    }
    const cells = cellsOf(text);
    if (cells[0] === 'name') {
      header = cells;
      problems.push(...unknownColumns(cells, line));
    } else if (header !== undefined && !/^[|: -]+$/.test(text)) {
      if (cells.length !== header.length) {
        problems.push(`Line ${line} has ${cells.length} cells, its table has ${header.length}`);
        continue;
      }
      rows.push(rowOf(section, line, header, cells));
      problems.push(...unlinked(header, cells, line));
    }
  }
  return { rows, problems };
}

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function unknownColumns(header: readonly string[], line: number): string[] {
  return header
    .filter((name) => !columns.includes(name))
    .map((name) => `Line ${line} has a column ${name}, expected only ${columns.join(', ')}`);
}

function rowOf(section: string, line: number, header: readonly string[], cells: readonly string[]): Row {
  const cell = (column: string) => cells[header.indexOf(column)];
  const name = cell('name') ?? '';
  return {
    section,
    line,
    name,
    key: /`([^`]+)`/.exec(name)?.[1],
    status: cell('status') ?? '',
    limit: header.includes('limit') ? withoutDash(cell('limit')) : undefined,
    ours: entriesOf(cell('ours')).map(({ path, rest }) => ({ path, names: namesIn(rest) })),
    tests: entriesOf(cell('test')).map(({ path, rest }) => ({ path, title: rest })),
    why: withoutDash(cell('why')),
  };
}

const entry = /^\s*\[[^\]]*\]\((?<path>[^)]+)\)\s*(?<rest>.*?)\s*$/;

function entriesOf(cell: string | undefined): { path: string; rest: string }[] {
  return withoutDash(cell)
    .split('<br>')
    .flatMap((text) => {
      const { path, rest = '' } = entry.exec(text)?.groups ?? {};
      return path === undefined ? [] : [{ path, rest }];
    });
}

function unlinked(header: readonly string[], cells: readonly string[], line: number): string[] {
  const entries = cells.flatMap((cell, index) =>
    header[index] === 'ours' || header[index] === 'test' ? withoutDash(cell).split('<br>') : [],
  );
  return entries
    .filter((text) => text !== '' && !entry.test(text))
    .map((text) => `Line ${line} names ${JSON.stringify(text)}, which begins with no link to a file: [name](path)`);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

// A dash stands for nothing.
function withoutDash(cell = ''): string {
  return cell === '–' ? '' : cell;
}
