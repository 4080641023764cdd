import { globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A built plugin folder, and what its sources say of it. */
export interface Dist {
  readonly folder: string;
  /** Its files, by their paths below it, with slashes. */
  readonly files: readonly string[];
  readonly metadata: Metadata;
  /** The version of package.json. */
  readonly version: string;
  /** Where it was built, which it must not name. */
  readonly root: string;
}

/** What the rules look at of plugin.json. */
export interface Metadata {
  readonly id?: string;
  readonly type?: string;
  readonly name?: string;
  readonly backend?: boolean;
  readonly executable?: string;
  readonly includes?: readonly { readonly type?: string; readonly name?: string; readonly path?: string }[];
  readonly info?: {
    readonly description?: string;
    readonly keywords?: readonly string[];
    readonly version?: string;
    readonly updated?: string;
    readonly logos?: { readonly small?: string; readonly large?: string };
    readonly links?: readonly { readonly name?: string; readonly url?: string }[];
    readonly screenshots?: readonly { readonly name?: string; readonly path?: string }[];
  };
  readonly dependencies?: { readonly grafanaDependency?: string };
}

/** A sentence for each thing that is wrong; none if all is well. */
export type DistRule = (dist: Dist) => readonly string[];

/** @throws Error where there is no plugin.json that can be read */
export function readDist(folder: string, root: string): Dist {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const metadata = JSON.parse(readFileSync(join(folder, 'plugin.json'), 'utf8')) as Metadata;
  const files = globSync('**/*', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
  return { folder, files, metadata, version, root };
}

export function textOf({ folder, files }: Dist, path: string): string {
  return files.includes(path) ? readFileSync(join(folder, path), 'utf8') : '';
}
