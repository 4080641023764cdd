import { dirname, isAbsolute, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sharedByGrafana } from '../bundle-ui.ts';
import { type Dist, type DistRule, textOf } from './dist.ts';

/** What Grafana's loader asks of module.js and its chunks. */
export const frontendRules: readonly DistRule[] = [moduleIsAmd, moduleIsSmall, sourceMapsAreWhole];

/** It is handed what Grafana shares, and would wait for anything else for ever. */
function moduleIsAmd(dist: Dist): string[] {
  const list = /^define\((\[[^\]]*\]),/.exec(textOf(dist, 'module.js'))?.[1];
  if (list === undefined) {
    return ['module.js: is no AMD module without a name, define([…], …)'];
  }
  // `module` is AMD's own.
  const known = new Set<string>([...sharedByGrafana, 'module']);
  return (JSON.parse(list) as string[])
    .filter((name) => !known.has(name))
    .map((name) => `module.js: wants ${name}, which Grafana does not share`);
}

/** Every dashboard loads it, whatever is on it. */
const maxModuleBytes = 100_000;

function moduleIsSmall(dist: Dist): string[] {
  const bytes = gzipSync(textOf(dist, 'module.js')).byteLength;
  return bytes <= maxModuleBytes ? [] : [`module.js: has ${bytes} bytes, compressed, of ${maxModuleBytes}`];
}

function sourceMapsAreWhole(dist: Dist): string[] {
  const missing = dist.files
    .filter((path) => path.endsWith('.js'))
    .flatMap((path) => {
      const map = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(textOf(dist, path))?.[1];
      const place = map && posix.join(dirname(path), map);
      return place === undefined || dist.files.includes(place) ? [] : [`${path}: its source map ${map} is not there`];
    });
  const absolute = dist.files
    .filter((path) => path.endsWith('.map'))
    .flatMap((path) => {
      const { sources = [] } = JSON.parse(textOf(dist, path)) as { readonly sources?: readonly string[] };
      const found = sources.find((source) => isAbsolute(source) || source.startsWith('file:'));
      return found === undefined ? [] : [`${path}: names a source by its whole path, ${found}`];
    });
  return [...missing, ...absolute];
}
