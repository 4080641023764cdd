import { ArrowError } from './error.ts';
import { metadataVersion } from './format.ts';

/** Refuses what was written before Arrow 0.8, and what no writer wrote. V4 differs from V5 in unions alone, which we do not read. */
export function checkVersion(what: string, version: number): void {
  if (version !== metadataVersion.v4 && version !== metadataVersion.v5) {
    throw new ArrowError(`Cannot read ${what}: its metadata version ${version} is neither V4 (3) nor V5 (4)`);
  }
}
