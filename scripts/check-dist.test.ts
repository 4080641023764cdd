import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDist } from './check-dist.ts';
import { fillPluginJson } from './plugin-json.ts';
import { pluginReadme } from './plugin-readme.ts';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const executable = 'gpx_quiver_linux_amd64';

let dist: string;

/** A folder as the build makes it, but for what is in the executable and the frontend. */
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'quiver-dist-'));
  for (const name of ['img', 'dashboards', 'CHANGELOG.md', 'LICENSE']) {
    cpSync(join(root, name), join(dist, name), { recursive: true });
  }
  write('plugin.json', fillPluginJson(source('plugin.json'), version, new Date(0)));
  write('README.md', pluginReadme(source('README.md')));
  write('THIRD-PARTY-NOTICES', 'Node.js is MIT');
  write('module.js', 'define(["@grafana/data","module","react"],(a,b,c)=>{})');
  write('chunks/config-editor.12345678.js', '"use strict"');
  write('lib/duckdb.node', '');
  write(executable, '');
  chmodSync(join(dist, executable), 0o755);
});

afterEach(() => rmSync(dist, { recursive: true }));

test('checkDist() finds nothing in a folder as the build makes it', () => {
  expect(checkDist(dist)).toEqual([]);
});

describe('checkDist() says what is wrong:', () => {
  test.each<[string, () => void, string[]]>([
    ['a file is missing', () => rmSync(join(dist, 'LICENSE')), ['LICENSE: is missing or empty']],
    ['a file is empty', () => write('README.md', ' \n'), ['README.md: is missing or empty']],
    [
      'an id that is no data source’s',
      () => set({ id: 'quiver-panel' }),
      ['plugin.json: the id quiver-panel is no <org>-<name>-datasource'],
    ],
    ['another type', () => set({ type: 'panel' }), ['plugin.json: the type is panel, and not datasource']],
    [
      'a name that is the id',
      () => set({ name: 'quiver-sql-datasource' }),
      ['plugin.json: the name quiver-sql-datasource is none for people'],
    ],
    ['no description', () => setInfo({ description: '' }), ['plugin.json: there is no description']],
    ['no keywords', () => setInfo({ keywords: [] }), ['plugin.json: there are no keywords']],
    [
      'a blank that was not filled',
      () => setInfo({ updated: '%TODAY%' }),
      ['plugin.json: updated is %TODAY%, and no day'],
    ],
    [
      'another version in plugin.json',
      () => setInfo({ version: '9.9.9' }),
      [`plugin.json: the version is 9.9.9, and that of package.json is ${version}`],
    ],
    [
      'another version in the changelog',
      () => write('CHANGELOG.md', '# Changelog\n\n## 9.9.9\n'),
      [`CHANGELOG.md: the version is 9.9.9, and that of package.json is ${version}`],
    ],
    [
      'a logo that is not there',
      () => rmSync(join(dist, 'img/logo.svg')),
      [
        'plugin.json: the small logo is not there: img/logo.svg',
        'plugin.json: the large logo is not there: img/logo.svg',
      ],
    ],
    [
      'a path that begins with a dot',
      () => setInfo({ logos: { small: './img/logo.svg', large: 'img/logo.svg' } }),
      ['plugin.json: the small logo is not there: ./img/logo.svg'],
    ],
    ['a logo that is no SVG', () => write('img/logo.svg', 'PNG'), ['img/logo.svg: is no SVG']],
    [
      'a logo with a script',
      () => write('img/logo.svg', '<svg><script>1</script></svg>'),
      ['img/logo.svg: an SVG with <script> is not safe'],
    ],
    [
      'a logo with attributes that the validator refuses',
      () => write('img/logo.svg', '<svg onload="x" role=\'img\'/>'),
      [
        'img/logo.svg: the attribute onload is not known to be safe',
        'img/logo.svg: the attribute role is not known to be safe',
      ],
    ],
    [
      'a screenshot that is not there',
      () => setInfo({ screenshots: [{ name: 'Explore', path: 'img/x.png' }] }),
      ['plugin.json: the screenshot Explore is not there: img/x.png'],
    ],
    [
      'a screenshot that is no image',
      () => {
        setInfo({ screenshots: [{ name: 'Explore', path: 'img/x.png' }] });
        write('img/x.png', '<html>');
      },
      ['img/x.png: is not the image that its ending says'],
    ],
    [
      'a link without https',
      () => setInfo({ links: [{ name: 'Source', url: 'http://example.org' }] }),
      ['plugin.json: the link Source leads to http://example.org, and not to an https address'],
    ],
    [
      'one Grafana alone',
      () => set({ dependencies: { grafanaDependency: '12.0.0' } }),
      ['plugin.json: Grafana 12.0.0 is no range with >='],
    ],
    [
      'a part of the workbench',
      () => write('workbench/index.html', ''),
      ['workbench/index.html: nothing of this name belongs into the plugin'],
    ],
    [
      'a file of a debugger',
      () => write('standalone.txt', ''),
      ['standalone.txt: nothing of this name belongs into the plugin'],
    ],
    ['a plugin in the plugin', () => write('lib/plugin.json', '{}'), ['lib/plugin.json: is a second plugin.json']],
    [
      'no executable',
      () => rmSync(join(dist, executable)),
      ['plugin.json: there is no executable gpx_quiver_<os>_<arch>'],
    ],
    [
      'an executable that cannot be started',
      () => chmodSync(join(dist, executable), 0o644),
      [`${executable}: its mode is 644, and not 755`],
    ],
    [
      'a link into the project',
      () => write('README.md', 'See [this](docs/a.md "A").'),
      ['README.md: the link to docs/a.md is relative'],
    ],
    ['a comment in the README', () => write('README.md', 'A <!-- b --> c'), ['README.md: has a comment']],
    [
      'a dashboard that is not there',
      () => rmSync(join(dist, 'dashboards/weather.json')),
      ['plugin.json: the dashboard Quiver: weather readings is not there: dashboards/weather.json'],
    ],
    [
      'a dashboard that is no JSON',
      () => write('dashboards/weather.json', '{'),
      ['dashboards/weather.json: is no JSON'],
    ],
    [
      'a dashboard that asks',
      () => write('dashboards/weather.json', '{"title":"Quiver: weather readings","__inputs":[]}'),
      ['dashboards/weather.json: asks for inputs, which nobody gives to a bundled dashboard'],
    ],
    [
      'a dashboard that plugin.json does not list',
      () => write('dashboards/more.json', '{"title":"More"}'),
      ['dashboards/more.json: plugin.json does not list it as More'],
    ],
    [
      'a place of the build',
      () => write('chunks/a.js', `"${root}/src"`),
      ['chunks/a.js: names the folder that it was built in'],
    ],
    [
      'the AGPL',
      () => write('THIRD-PARTY-NOTICES', '@grafana/sql  AGPL-3.0-only'),
      ['THIRD-PARTY-NOTICES: names the AGPL'],
    ],
    [
      'the AGPL by its name',
      () => write('chunks/a.js', '/* GNU Affero General Public License */'),
      ['chunks/a.js: names the AGPL'],
    ],
    [
      'a module of another kind',
      () => write('module.js', 'export const plugin = 1'),
      ['module.js: is no AMD module without a name, define([…], …)'],
    ],
    [
      'what Grafana does not share',
      () => write('module.js', 'define(["react","@grafana/sql"],()=>{})'),
      ['module.js: wants @grafana/sql, which Grafana does not share'],
    ],
    [
      'a source map that is not there',
      () => write('chunks/a.js', '1\n//# sourceMappingURL=a.js.map'),
      ['chunks/a.js: its source map a.js.map is not there'],
    ],
    [
      'a source map with whole paths',
      () => write('chunks/a.js.map', '{"sources":["/home/x/a.ts"]}'),
      ['chunks/a.js.map: names a source by its whole path, /home/x/a.ts'],
    ],
  ])('%s', (_, spoil, problems) => {
    spoil();
    expect(checkDist(dist)).toEqual(problems);
  });

  test('a module that is too large', () => {
    write('module.js', `define(["react"],()=>"${noise(250_000)}")`);
    expect(checkDist(dist)).toEqual([expect.stringMatching(/^module\.js: has \d+ bytes, compressed, of 100000$/)]);
  });
});

function source(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), text);
}

function metadata() {
  return JSON.parse(readFileSync(join(dist, 'plugin.json'), 'utf8'));
}

function set(keys: object): void {
  write('plugin.json', JSON.stringify({ ...metadata(), ...keys }));
}

function setInfo(keys: object): void {
  const { info, ...rest } = metadata();
  write('plugin.json', JSON.stringify({ ...rest, info: { ...info, ...keys } }));
}

/** Text that hardly compresses. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}
