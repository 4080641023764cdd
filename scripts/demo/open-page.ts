import { spawn } from 'node:child_process';

/** Shows an address in the person's browser, where there is a screen. Says whether it tried. */
export function openPage(url: string): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const isMac = process.platform === 'darwin';
  if (!isMac && !DISPLAY && !WAYLAND_DISPLAY) {
    return false;
  }
  const child = spawn(isMac ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true });
  // Nobody has a browser to open: the address stands in the terminal.
  child.on('error', () => {});
  child.unref();
  return true;
}
