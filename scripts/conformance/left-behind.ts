import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes whose environment has this entry (`NAME=value`): a program's, and those of its children, whatever became of their parents.
 * Known from Linux's /proc; elsewhere none. A process that has ended and waits for its parent has no environment.
 */
export function processesWith(entry: string): number[] {
  return processIds().filter((processId) => {
    try {
      return readFileSync(`/proc/${processId}/environ`, 'latin1').split('\0').includes(entry);
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return false;
    }
  });
}

function processIds(): number[] {
  if (process.platform !== 'linux') {
    return [];
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
