/**
 * What dist/ says of others' work in it (THIRD-PARTY-NOTICES): licences such as MIT, BSD and Apache-2.0 want their texts to travel along,
 * and a licence that would bind who runs the plugin must not get in at all.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Target } from './targets.ts';

/** A package, or a program of another kind, that is shipped. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, without parentheses. */
  readonly licence: string;
  /** The licence as the package brings it, its notices too. */
  readonly texts: readonly string[];
}

/** Licences that ask for their text and nothing else. Any other is for a person to decide, also where a package offers a choice. */
const fit = new Set(['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'ISC', '0BSD', 'BlueOak-1.0.0']);

/** What stands for the text of a package that may be taken under Apache-2.0 and brings none. */
export const ourApacheText = 'It is shipped under Apache-2.0, whose text is the file LICENSE in this folder.';

export function thirdPartyNotices(parties: readonly ThirdParty[]): string {
  const nameWidth = Math.max(...parties.map(({ name }) => name.length));
  const versionWidth = Math.max(...parties.map(({ version }) => version.length));
  const list = parties.map(
    ({ name, version, licence }) => `  ${name.padEnd(nameWidth)}  ${version.padEnd(versionWidth)}  ${licence}`,
  );
  const line = '-'.repeat(80);
  const sections = parties.map(({ name, version, licence, texts }) =>
    ['', line, `${name} ${version}: ${licence}`, line, '', `${texts.map((text) => text.trim()).join('\n\n')}\n`].join(
      '\n',
    ),
  );
  return `Quiver is under the licence in the file LICENSE. It is shipped with what others have made:

${list.join('\n')}
${sections.join('')}`;
}

/** The folders of the packages that files belong to, such as `node_modules/@grpc/grpc-js`, sorted; files of no package are ours. */
export function packageFolders(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * Reads what a package says of itself.
 *
 * @throws Error where its licence is not on the list, or its text is missing and not known otherwise
 */
export function readThirdParty(folder: string): ThirdParty {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const { name, version } = manifest;
  const licence = manifest.license?.replace(/[()]/g, '') ?? '';
  if (!licence.split(/ AND | OR /).every((part) => fit.has(part))) {
    const stated = manifest.license || 'not stated';
    throw new Error(`Cannot ship ${name} ${version}: its licence is ${stated}, expected one of ${[...fit].join(', ')}`);
  }
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
  if (texts.length > 0) {
    return { name, version, licence, texts };
  }
  // Unlike the others' it is the same text for everybody: nobody's name stands in it.
  if (licence.split(' OR ').includes('Apache-2.0')) {
    return { name, version, licence, texts: [ourApacheText] };
  }
  throw new Error(`Cannot ship ${name} ${version}: it brings no text of its licence, ${licence}`);
}

/** What is shipped beside the bundle: Node, whose text names its own parts too, and DuckDB. */
export function nativeParties(nodeModules: string, { node, bindings }: Target): ThirdParty[] {
  const duckdb = readThirdParty(join(nodeModules, bindings));
  const [release] = duckdb.version.split('-');
  const parts = `DuckDB holds parts by others; their licences stand in third_party/ of its source, https://github.com/duckdb/duckdb at v${release}.`;
  return [
    { ...readThirdParty(join(nodeModules, dirname(dirname(node)))), name: 'Node.js' },
    { ...duckdb, name: 'DuckDB and its bindings', texts: [...duckdb.texts, parts] },
  ];
}
