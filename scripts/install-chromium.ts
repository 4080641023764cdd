import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../workbench/browser/find-chromium.ts';

/** Debian's Chromium for the browser tests, where none is here and apt may install it; else the tests say what is missing. */
export function installChromium(): void {
  if (findChromium() !== undefined || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return;
  }
  console.log('Installing Chromium for the browser tests');
  try {
    execFileSync('apt-get', ['update'], { stdio: 'pipe' });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'pipe' });
  } catch (error) {
    console.error(`Cannot install Chromium: ${(error as Error).message}`);
  }
}
