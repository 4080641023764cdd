import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dist, type DistRule, textOf } from './dist.ts';

/** What Grafana's validator asks of plugin.json, and of the files that it names. */
export const metadataRules: readonly DistRule[] = [
  namesFollowTheConventions,
  saysWhatItIs,
  versionsAreEqual,
  pathsLeadToFiles,
  logosAreSafeSvg,
  screenshotsAreImages,
  linksAreWhole,
  grafanaIsARange,
];

function namesFollowTheConventions({ metadata: { id = '', name = '', type } }: Dist): string[] {
  return [
    ...(/^[0-9a-z]+-([0-9a-z]+-)?datasource$/.test(id)
      ? []
      : [`plugin.json: the id ${id} is no <org>-<name>-datasource`]),
    ...(type === 'datasource' ? [] : [`plugin.json: the type is ${type}, and not datasource`]),
    ...(name === '' || name === id ? [`plugin.json: the name ${name} is none for people`] : []),
  ];
}

function saysWhatItIs({ metadata: { info = {} } }: Dist): string[] {
  return [
    ...(info.description ? [] : ['plugin.json: there is no description']),
    ...(info.keywords?.length ? [] : ['plugin.json: there are no keywords']),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(info.updated ?? '') ? [] : [`plugin.json: updated is ${info.updated}, and no day`]),
  ];
}

/** Of the changelog its first heading counts: it is the newest version's. */
function versionsAreEqual(dist: Dist): string[] {
  const newest = /^## (\S+)/m.exec(textOf(dist, 'CHANGELOG.md'))?.[1];
  const versions = { 'plugin.json': dist.metadata.info?.version, 'CHANGELOG.md': newest };
  return Object.entries(versions).flatMap(([file, version]) =>
    version === dist.version ? [] : [`${file}: the version is ${version}, and that of package.json is ${dist.version}`],
  );
}

/** Every path of plugin.json, with what it is. */
function pathsOf({ metadata: { info = {}, includes = [] } }: Dist): { readonly what: string; readonly path: string }[] {
  const { logos = {}, screenshots = [] } = info;
  return [
    { what: 'the small logo', path: logos.small ?? '' },
    { what: 'the large logo', path: logos.large ?? '' },
    ...screenshots.map(({ name, path = '' }) => ({ what: `the screenshot ${name}`, path })),
    ...includes.map(({ name, path = '' }) => ({ what: `the dashboard ${name}`, path })),
  ];
}

function pathsLeadToFiles(dist: Dist): string[] {
  return pathsOf(dist)
    .filter(({ path }) => !dist.files.includes(path))
    .map(({ what, path }) => `plugin.json: ${what} is not there: ${path}`);
}

/** Among those that the validator lets through, the ones that a drawing needs; `style` and `on…` are none. */
const safeAttributes = new Set(
  'xmlns viewBox width height id d x y x1 y1 x2 y2 r rx ry cx cy points transform fill fill-rule fill-opacity opacity stroke stroke-width stroke-linecap stroke-linejoin offset stop-color'.split(
    ' ',
  ),
);
const unsafeElement = /<(script|foreignObject|iframe|use|image|style|template|annotation-xml)\b/i;

function logosAreSafeSvg(dist: Dist): string[] {
  return dist.files
    .filter((path) => path.endsWith('.svg'))
    .flatMap((path) => {
      const text = textOf(dist, path);
      const element = unsafeElement.exec(text)?.[1];
      const attributes = Array.from(text.matchAll(/\s([\w:-]+)\s*=\s*["']/g), ([, name = '']) => name);
      const unknown = attributes.filter((name) => !safeAttributes.has(name));
      return [
        ...(text.trimStart().startsWith('<svg') ? [] : [`${path}: is no SVG`]),
        ...(element ? [`${path}: an SVG with <${element}> is not safe`] : []),
        ...unknown.map((name) => `${path}: the attribute ${name} is not known to be safe`),
      ];
    });
}

const imageBeginnings: Readonly<Record<string, string>> = {
  png: '\x89PNG\r\n\x1a\n',
  jpg: '\xff\xd8\xff',
  jpeg: '\xff\xd8\xff',
  gif: 'GIF8',
};

function screenshotsAreImages({ folder, files, metadata }: Dist): string[] {
  return (metadata.info?.screenshots ?? []).flatMap(({ path = '' }) => {
    if (!files.includes(path)) {
      return []; // told already
    }
    const beginning = imageBeginnings[/\.(\w+)$/.exec(path)?.[1] ?? ''];
    const isImage = beginning !== undefined && readFileSync(join(folder, path), 'latin1').startsWith(beginning);
    return isImage ? [] : [`${path}: is not the image that its ending says`];
  });
}

function linksAreWhole({ metadata }: Dist): string[] {
  return (metadata.info?.links ?? []).flatMap(({ name, url = '' }) =>
    name && /^https:\/\/[^/]/.test(url)
      ? []
      : [`plugin.json: the link ${name} leads to ${url}, and not to an https address`],
  );
}

/** An exact version, or a series of patches, would shut the next Grafana out. */
function grafanaIsARange({ metadata }: Dist): string[] {
  const range = metadata.dependencies?.grafanaDependency;
  return /^>=\d+\.\d+\.\d+/.test(range ?? '') ? [] : [`plugin.json: Grafana ${range} is no range with >=`];
}
