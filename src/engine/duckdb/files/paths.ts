import { constants, type Stats } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { EngineError, type EngineErrorCode } from '../../engine.ts';

/** A path that may be read, with its symlinks resolved. For a glob, `real` is its fixed part, which is a directory. */
export interface CheckedPath {
  readonly path: string;
  readonly real: string;
  readonly isGlob: boolean;
}

export interface PathRules {
  /** What the path is for, as messages begin it: `Cannot read the table sales`. */
  readonly subject: string;
  /** Directories that the path must lie in, as written by whoever allows them. */
  readonly inside: readonly string[];
  /** Said when it lies in none of them. */
  readonly denied: { readonly reason: string; readonly hint: string };
  readonly kind: 'file' | 'directory';
}

/**
 * Checks a path before DuckDB sees it, so that errors are clear; DuckDB's own lock then holds against whatever changes in between. Viewers
 * read these errors too: messages name the file without its directories. One hint alone shows a directory, that of `deniedByAdmin`: the
 * line that the admin must write is worth it.
 *
 * @throws EngineError file_not_allowed, file_missing, file_unreadable, file_invalid or settings_invalid
 */
export async function checkPath(path: string, rules: PathRules): Promise<CheckedPath> {
  checkText(path, rules);
  const directories = await realDirectories(rules.inside);
  // Before asking the file system: whoever may not read a directory is not told what exists there.
  if (!directories.some(({ written, real }) => isInside(path, written) || isInside(path, real))) {
    throw denied(rules);
  }
  const isGlob = rules.kind === 'file' && globCharacters.test(path);
  const real = await resolveLinks(path, isGlob, rules);
  if (!directories.some((directory) => isInside(real, directory.real))) {
    throw denied(rules);
  }
  await checkReadable(real, isGlob ? 'directory' : rules.kind, basename(path), rules);
  // A pattern that matches nothing DuckDB takes for a name.
  const named = isGlob ? await stat(path).catch(() => undefined) : undefined;
  if (named !== undefined && isSpecial(named)) {
    throw notOfKind(named, basename(path), rules);
  }
  return { path, real, isGlob };
}

/** What the path's own text tells. */
function checkText(path: string, { subject }: PathRules): void {
  const fail = (reason: string, hint?: string) => failure(subject, 'settings_invalid', reason, hint);
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(path)?.[0];
  if (scheme !== undefined) {
    // The rest may hold a key.
    const reason = `its path is a URL (${scheme}…), and only files of this server can be read`;
    throw fail(reason, 'Put the file on this server, and write its whole path');
  }
  const name = basename(path);
  if (!isAbsolute(path)) {
    throw fail(`the path ${name} is not absolute`, 'Write the whole path');
  }
  if (path.includes('\0')) {
    throw fail('the path contains a zero character');
  }
  if (segmentsOf(path).includes('..')) {
    throw fail(`the path to ${name} goes up with ..`);
  }
}

/** Where the path, or a glob's fixed part, really lies. */
function resolveLinks(path: string, isGlob: boolean, { subject }: PathRules): Promise<string> {
  const name = basename(path);
  return realpath(fixedPart(path)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EACCES') {
      const reason = `${name} lies in a directory that cannot be entered`;
      throw failure(subject, 'file_unreadable', reason, readHint, cause);
    }
    const reason = isGlob ? `the directory of ${name} does not exist` : `${name} does not exist`;
    throw failure(subject, 'file_missing', reason, missingHint, cause);
  });
}

async function checkReadable(
  real: string,
  kind: PathRules['kind'],
  name: string,
  { subject }: PathRules,
): Promise<void> {
  const found = await stat(real);
  if (kind === 'directory' ? !found.isDirectory() : !found.isFile()) {
    throw notOfKind(found, name, { subject, kind });
  }
  await access(real, constants.R_OK).catch((cause) => {
    throw failure(subject, 'file_unreadable', `${name} may not be read`, readHint, cause);
  });
}

/** To open a pipe is to wait for who writes to it, and DuckDB's call could not be stopped. */
function isSpecial(found: Stats): boolean {
  return !found.isFile() && !found.isDirectory();
}

function notOfKind(found: Stats, name: string, { subject, kind }: Pick<PathRules, 'subject' | 'kind'>): EngineError {
  const what = isSpecial(found) ? 'a pipe, a socket or a device' : found.isDirectory() ? 'a directory' : 'a file';
  return failure(subject, 'file_invalid', `${name} is ${what}, not a ${kind}`);
}

function denied(rules: PathRules): EngineError {
  return failure(rules.subject, 'file_not_allowed', rules.denied.reason, rules.denied.hint);
}

function failure(subject: string, code: EngineErrorCode, reason: string, hint?: string, cause?: unknown): EngineError {
  return new EngineError(code, `${subject}: ${reason}`, { ...(hint === undefined ? {} : { hint }), cause });
}

export const missingHint = 'Put the file there, or correct the path in the data source’s settings';
export const readHint = 'Let the user that Grafana runs as read it';

/** What the owner of the server must write, where a path lies outside of the admin's list. */
export function deniedByAdmin(
  path: string,
  allowed: readonly string[],
  kind: PathRules['kind'] = 'file',
): PathRules['denied'] {
  const place =
    allowed.length === 0
      ? 'on a server that lets data sources read no directories'
      : 'outside of the directories that this server lets data sources read';
  return {
    reason: `${basename(path)} lies ${place}`,
    hint: `Whoever runs Grafana can allow it: allowed_directories = ${directoryToAllow(path, kind)} in section [plugin.quiver-sql-datasource] of grafana.ini, or the environment variable GF_PLUGIN_ALLOWED_DIRECTORIES`,
  };
}

function directoryToAllow(path: string, kind: PathRules['kind']): string {
  if (kind === 'directory') {
    return path;
  }
  return globCharacters.test(path) ? fixedPart(path) : dirname(path);
}

/** DuckDB's wildcards. */
const globCharacters = /[*?[{]/;

/** The directory before the first wildcard; without wildcards, the path itself. */
export function fixedPart(path: string): string {
  if (!globCharacters.test(path)) {
    return path;
  }
  const segments = path.split(separators);
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => globCharacters.test(segment)),
  );
  return join(fixed.join(sep), sep).slice(0, -1) || sep;
}

const separators = sep === '\\' ? /[\\/]/ : /\//;

function segmentsOf(path: string): readonly string[] {
  return path.split(separators);
}

interface Directory {
  readonly written: string;
  readonly real: string;
}

/** Directories that do not exist allow nothing. */
async function realDirectories(paths: readonly string[]): Promise<readonly Directory[]> {
  const found = await Promise.all(
    paths
      .filter(isAbsolute)
      .map(async (written) => ({ written, real: await realpath(written).catch(() => undefined) })),
  );
  return found.flatMap(({ written, real }) => (real === undefined ? [] : [{ written, real }]));
}

/** Of two paths as texts: whoever asks has resolved their links. */
export function isInside(path: string, directory: string): boolean {
  const parent = directory.endsWith(sep) ? directory : directory + sep;
  return path === directory || path.startsWith(parent);
}
