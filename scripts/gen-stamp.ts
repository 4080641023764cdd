/** What the stubs were made from, and what was made, as one line of SHA-256 and name for each file. */
import { createHash } from 'node:crypto';
import { isStub } from './gen-layout.ts';
import type { FileTree } from './gen-tree.ts';

/** The stamp's path in the project: one for the stubs of all folders. */
export const STAMP = 'src/generated/stamp.sha256';

export function formatStamp(inputs: FileTree, stubs: FileTree): string {
  return `${linesOf(inputs, stubs).join('\n')}\n`;
}

/** Returns a line for each input that changed and each stub that differs, is missing or surplus. */
export function compareStamp(stamp: string | undefined, inputs: FileTree, stubs: FileTree): string[] {
  if (stamp === undefined) {
    return [`missing  ${STAMP}`];
  }
  const stamped = hashesOf(stamp.split('\n').filter((line) => line !== ''));
  const current = hashesOf(linesOf(inputs, stubs));
  const names = new Set([...stamped.keys(), ...current.keys()]);
  return [...names].sort().flatMap((name) => {
    if (stamped.get(name) === current.get(name)) {
      return [];
    }
    if (!isStub(name)) {
      return [`changed since the stubs were made  ${name}`];
    }
    if (!current.has(name)) {
      return [`missing  ${name}`];
    }
    return [`${stamped.has(name) ? 'differs' : 'surplus'}  ${name}`];
  });
}

function linesOf(inputs: FileTree, stubs: FileTree): string[] {
  return [...inputs, ...stubs].map(([name, text]) => line(name, text));
}

function line(name: string, text: string): string {
  return `${createHash('sha256').update(text).digest('hex')}  ${name}`;
}

function hashesOf(lines: readonly string[]): Map<string, string> {
  return new Map(lines.map((line) => [line.slice(line.indexOf('  ') + 2), line.slice(0, line.indexOf('  '))]));
}
