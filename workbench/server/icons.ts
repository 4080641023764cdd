import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Drawn in the place of an icon that @grafana/ui names and does not carry: a ring with a gap, which is a spinner where it turns. */
const substitute =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12 3a9 9 0 1 0 9 9h-2a7 7 0 1 1-7-7z"/></svg>';

/** An icon's SVG. @param path below the folder of icons: `unicons/play.svg` */
export function readIcon(folder: string, path: string): string {
  const file = join(folder, path);
  return /^[a-z]+\/[a-z0-9-]+\.svg$/.test(path) && existsSync(file) ? readFileSync(file, 'utf8') : substitute;
}
