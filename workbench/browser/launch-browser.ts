import { type Browser, chromium } from 'playwright-core';

/** Starts a headless Chromium; who starts it closes it. @param executablePath see {@link findChromium} */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Its sandbox refuses to work for root, which containers often are.
    chromiumSandbox: process.getuid?.() !== 0,
    // The caller's own signals end the browser with the rest.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
