import { existsSync } from 'node:fs';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine, if there is one; the environment's CHROMIUM comes first. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  return CHROMIUM || candidates.find((path) => existsSync(path));
}
