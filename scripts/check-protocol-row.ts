import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Place, type Row, statuses, type TestPlace } from './check-protocol-ledger.ts';
import { readSource, type SourceFacts } from './check-protocol-source.ts';
import { titlesOf } from './check-protocol-titles.ts';

/** Holds one row against the files that it names, which lie below `folder`; one sentence for each thing that is not so. */
export function checkRow(row: Row, folder: string): string[] {
  return [
    ...checkStatus(row),
    ...row.ours.flatMap((place) => checkPlace(place, folder)),
    ...row.tests.flatMap((place) => checkTest(place, folder)),
    ...checkLimit(row, folder),
  ];
}

function checkStatus({ status, why, ours, tests }: Row): string[] {
  if (!statuses.some((known) => known === status)) {
    return [`its status is ${JSON.stringify(status)}, expected one of ${statuses.join(', ')}`];
  }
  const problems: string[] = [];
  if (status !== 'full' && why === '') {
    problems.push(`it is ${status}, and its last column does not say why`);
  }
  if (status === 'left out') {
    return problems;
  }
  if (ours.every(({ names }) => names.length === 0)) {
    problems.push(`it is ${status}, and names nothing of ours: a link to a file, then identifiers between backticks`);
  }
  if (tests.length === 0) {
    problems.push(`it is ${status}, and names no test that shows it: a link to a file, then the test's full name`);
  }
  return problems;
}

function checkPlace({ path, names }: Place, folder: string): string[] {
  const file = join(folder, path);
  if (!existsSync(file)) {
    return [noFile(path)];
  }
  const text = readFileSync(file, 'utf8');
  const facts = path.endsWith('.ts') ? readSource(path, text) : undefined;
  return names
    .filter((name) => !(facts === undefined ? text.includes(name) : has(facts, name)))
    .map((name) => `${path} has no ${name.includes('.') ? 'member' : 'identifier'} ${name}; was it renamed or moved?`);
}

function has({ identifiers, members }: SourceFacts, name: string): boolean {
  return name.includes('.') ? members.has(name) : identifiers.has(name);
}

function checkTest({ path, title }: TestPlace, folder: string): string[] {
  const file = join(folder, path);
  if (!existsSync(file)) {
    return [noFile(path)];
  }
  const text = readFileSync(file, 'utf8');
  if (path.endsWith('.test.ts')) {
    return checkTitle(path, title, text);
  }
  if (path.endsWith('_test.go')) {
    const [name = '', ...rest] = title.split('/');
    const isThere = text.includes(`func ${name}(t *testing.T)`) && text.includes(rest.join('/'));
    return isThere ? [] : [`${path} has no test ${title}`];
  }
  if (basename(path) === 'features.json') {
    const { checks } = JSON.parse(text) as { checks: { name: string }[] };
    return checks.some(({ name }) => name === title) ? [] : [`${path} has no check ${title}`];
  }
  return [`${path} is no file of tests: expected *.test.ts, *_test.go, or the features.json of the interop matrix`];
}

function checkTitle(path: string, title: string, text: string): string[] {
  const titles = titlesOf(path, text);
  if (titles.some(({ pattern }) => pattern.test(title))) {
    return [];
  }
  const near = titles.find((other) => title !== '' && (other.text.endsWith(title) || other.text.startsWith(title)));
  const hint = near === undefined ? '' : `; is it ${JSON.stringify(near.text)}?`;
  return [`${path} has no test ${JSON.stringify(title)}${hint}`];
}

function checkLimit({ limit, ours }: Row, folder: string): string[] {
  if (limit === undefined || limit === '') {
    return [];
  }
  const stated = parseLimit(limit);
  if (stated === undefined) {
    return [`its limit is ${JSON.stringify(limit)}, expected a number and one of ${Object.keys(units).join(', ')}`];
  }
  return ours
    .filter(({ path }) => path.endsWith('.ts') && existsSync(join(folder, path)))
    .flatMap(({ path, names }) => {
      const { numbers } = readSource(path, readFileSync(join(folder, path), 'utf8'));
      return names
        .filter((name) => numbers.has(name) && !numbers.get(name)?.includes(stated))
        .map((name) => `its limit is ${limit}, but ${name} in ${path} is ${numbers.get(name)?.join(' or ')}`);
    });
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  hours: 3_600_000,
  bytes: 1,
  KiB: 1024,
  characters: 1,
  'Ki characters': 1024,
  lines: 1,
};

/** In milliseconds, bytes, characters or lines: `5 s`, `64 KiB`, `8,192 characters`. */
export function parseLimit(text: string): number | undefined {
  const [, number = '', unit = ''] = /^([\d,.]+) ([A-Za-z ]+)$/.exec(text) ?? [];
  const factor = units[unit];
  return factor === undefined ? undefined : Number(number.replaceAll(',', '')) * factor;
}

function noFile(path: string): string {
  return `there is no file ${path}; paths are relative to the ledger's folder`;
}
