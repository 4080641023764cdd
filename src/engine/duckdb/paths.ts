import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { EngineError, type EngineErrorCode } from '../engine.ts';

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
 * Checks a path before DuckDB sees it, so that errors are clear; DuckDB's own lock then holds against whatever changes in between. Messages
 * name the file without its directories: viewers read them too.
 *
 * @throws EngineError file_not_allowed, file_missing, file_unreadable, file_invalid or settings_invalid
 */
export async function checkPath(path: string, rules: PathRules): Promise<CheckedPath> {
  const fail = (code: EngineErrorCode, reason: string, hint?: string, cause?: unknown) =>
    new EngineError(code, `${rules.subject}: ${reason}`, { ...(hint === undefined ? {} : { hint }), cause });
  const name = basename(path);
  if (!isAbsolute(path)) {
    throw fail('settings_invalid', `the path ${name} is not absolute`, 'Write the whole path');
  }
  if (path.includes('\0')) {
    throw fail('settings_invalid', 'the path contains a zero character');
  }
  if (segmentsOf(path).includes('..')) {
    throw fail('settings_invalid', `the path to ${name} goes up with ..`);
  }

  const denied = fail('file_not_allowed', rules.denied.reason, rules.denied.hint);
  const directories = await realDirectories(rules.inside);
  // Before asking the file system: whoever may not read a directory is not told what exists there.
  if (!directories.some(({ written, real }) => isInside(path, written) || isInside(path, real))) {
    throw denied;
  }

  const isGlob = rules.kind === 'file' && globCharacters.test(path);
  const fixed = fixedPart(path);
  const real = await realpath(fixed).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EACCES') {
      throw fail('file_unreadable', `${name} lies in a directory that cannot be entered`, readHint, cause);
    }
    const reason = isGlob ? `the directory of ${name} does not exist` : `${name} does not exist`;
    throw fail('file_missing', reason, missingHint, cause);
  });
  if (!directories.some((directory) => isInside(real, directory.real))) {
    throw denied;
  }

  const isDirectory = (await stat(real)).isDirectory();
  const wantsDirectory = isGlob || rules.kind === 'directory';
  if (isDirectory !== wantsDirectory) {
    throw fail('file_invalid', `${name} is ${isDirectory ? 'a directory, not a file' : 'a file, not a directory'}`);
  }
  await access(real, constants.R_OK).catch((cause) => {
    throw fail('file_unreadable', `${name} may not be read`, readHint, cause);
  });
  return { path, real, isGlob };
}

export const missingHint = 'Put the file there, or correct the path in the data source’s settings';
export const readHint = 'Let the user that Grafana runs as read it';

/** What the owner of the server must write, where a path lies outside of the admin's list. */
export function deniedByAdmin(path: string, allowed: readonly string[]): PathRules['denied'] {
  const directory = globCharacters.test(path) ? fixedPart(path) : dirname(path);
  return {
    reason:
      allowed.length === 0
        ? 'this server lets data sources read no directories'
        : 'its path lies outside of the directories that this server lets data sources read',
    hint: `Whoever runs Grafana can allow it: allowed_directories = ${directory} in section [plugin.quiver-sql-datasource] of grafana.ini, or the environment variable GF_PLUGIN_ALLOWED_DIRECTORIES`,
  };
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

function isInside(path: string, directory: string): boolean {
  const parent = directory.endsWith(sep) ? directory : directory + sep;
  return path === directory || path.startsWith(parent);
}
