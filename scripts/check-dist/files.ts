import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Dist, type DistRule, textOf } from './dist.ts';

/** What is in the folder, and what must not be. */
export const fileRules: readonly DistRule[] = [
  hasWhatItNeeds,
  hasNothingElse,
  hasOnePluginJson,
  executablesCanBeStarted,
  readmeStandsAlone,
  dashboardsCanBeRead,
  namesNoPlaceOfTheBuild,
  bindsNobodyByItsLicences,
];

const needed = ['README.md', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES', 'module.js'];

function hasWhatItNeeds(dist: Dist): string[] {
  return needed.filter((path) => textOf(dist, path).trim() === '').map((path) => `${path}: is missing or empty`);
}

const folders = ['chunks', 'dashboards', 'img', 'lib'];

/** The workbench, tests and files of a debugger would be something else. */
function hasNothingElse({ files, metadata: { executable = '' } }: Dist): string[] {
  const known = new Set([...needed, ...folders, 'plugin.json', 'MANIFEST.txt']);
  return files
    .filter((path) => !known.has(path.split('/')[0] ?? '') && !isExecutable(path, executable))
    .map((path) => `${path}: nothing of this name belongs into the plugin`);
}

/** Another one would be a plugin in the plugin, which only apps may have. */
function hasOnePluginJson({ files }: Dist): string[] {
  return files.filter((path) => path.endsWith('/plugin.json')).map((path) => `${path}: is a second plugin.json`);
}

function executablesCanBeStarted({ folder, files, metadata: { backend, executable = '' } }: Dist): string[] {
  const executables = files.filter((path) => isExecutable(path, executable));
  return [
    ...(backend === true && executables.length > 0
      ? []
      : [`plugin.json: there is no executable ${executable}_<os>_<arch>`]),
    ...executables.flatMap((path) => {
      const mode = (statSync(join(folder, path)).mode & 0o777).toString(8);
      return mode === '755' ? [] : [`${path}: its mode is ${mode}, and not 755`];
    }),
  ];
}

function isExecutable(path: string, executable: string): boolean {
  return executable !== '' && /^_[a-z]+_[a-z0-9]+(\.exe)?$/.test(path.replace(executable, ''));
}

/** Grafana shows it on a page where a link into the folder leads nowhere. */
function readmeStandsAlone(dist: Dist): string[] {
  const readme = textOf(dist, 'README.md');
  const links = Array.from(readme.matchAll(/\]\(([^)\s]+)[^)]*\)/g), ([, url = '']) => url);
  return [
    ...links
      .filter((url) => !/^(https?:|mailto:|#)/.test(url))
      .map((url) => `README.md: the link to ${url} is relative`),
    ...(readme.includes('<!--') ? ['README.md: has a comment'] : []),
  ];
}

function dashboardsCanBeRead(dist: Dist): string[] {
  return dist.files
    .filter((path) => path.startsWith('dashboards/'))
    .flatMap((path) => {
      const title = dist.metadata.includes?.find((include) => include.path === path)?.name;
      const dashboard = parsed(textOf(dist, path));
      if (dashboard === undefined) {
        return [`${path}: is no JSON`];
      }
      const hasInputs = Object.keys(dashboard).some((key) => key.startsWith('__'));
      return [
        ...(hasInputs ? [`${path}: asks for inputs, which nobody gives to a bundled dashboard`] : []),
        ...(dashboard.title === title ? [] : [`${path}: plugin.json does not list it as ${dashboard.title}`]),
      ];
    });
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const readable = /\.(js|json|map|md|svg)$/;

function namesNoPlaceOfTheBuild(dist: Dist): string[] {
  return dist.files
    .filter((path) => readable.test(path) && textOf(dist, path).includes(dist.root))
    .map((path) => `${path}: names the folder that it was built in`);
}

function bindsNobodyByItsLicences(dist: Dist): string[] {
  return [...dist.files.filter((path) => path.endsWith('.js')), 'LICENSE', 'THIRD-PARTY-NOTICES']
    .filter((path) => /\bAGPL|\bAFFERO\b/i.test(textOf(dist, path)))
    .map((path) => `${path}: names the AGPL`);
}
