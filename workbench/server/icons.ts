import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Icons that @grafana/ui names and does not carry, drawn for this page: a ring with a gap is what turns while something loads. */
const drawn: ReadonlyMap<string, string> = new Map([
  ['unicons/angle-double-left.svg', draw('M11 7l-5 5 5 5M18 7l-5 5 5 5')],
  ['unicons/spinner.svg', draw('M12 4a8 8 0 1 0 8 8')],
]);

/** In the place of any other: a ring, so that nobody takes it for an arrow or a letter. */
const substitute = draw('M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16');

function draw(path: string): string {
  const style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path ${style} d="${path}"/></svg>`;
}

/** An icon's SVG. @param path below the folder of icons: `unicons/play.svg` */
export function readIcon(folder: string, path: string): string {
  const file = join(folder, path);
  const isCarried = /^[a-z]+\/[a-z0-9-]+\.svg$/.test(path) && existsSync(file);
  return isCarried ? readFileSync(file, 'utf8') : (drawn.get(path) ?? substitute);
}
