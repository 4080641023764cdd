/**
 * Builds the plugin for the platform that this runs on, into dist/ (`make dist`): the executable, DuckDB's libraries in lib/, and what
 * Grafana reads beside them.
 *
 *     node scripts/build.ts [--entry src/main.ts] [--out dist]
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.ts';
import { bundleUi, chunkFolder } from './bundle-ui.ts';
import { makeExecutable } from './executable.ts';
import { fillPluginJson } from './plugin-json.ts';
import { pluginReadme } from './plugin-readme.ts';
import { executableName, hostTarget } from './targets.ts';
import { nativeParties, packageFolders, readThirdParty, thirdPartyNotices } from './third-party-notices.ts';

const root = join(import.meta.dirname, '..');
const documents = ['CHANGELOG.md', 'LICENSE'];

/** Returns the paths of the files made, relative to `out`. Each appears there whole, under its final name, or not at all. */
export async function buildPlugin(entry: string, out: string): Promise<string[]> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const staging = mkdtempSync(join(root, '.cache/build-'));
  try {
    const made = join(staging, 'made');
    const parts = join(staging, 'parts');
    mkdirSync(join(made, 'lib'), { recursive: true });
    mkdirSync(parts);
    copyDocuments(made);
    copyLibraries(join(made, 'lib'));
    const bundled = await bundle(entry, join(parts, 'quiver.mjs'));
    const ui = await bundleUi(made);
    writeNotices(made, [...bundled, ...ui.inputs]);
    const target = hostTarget();
    const executable = executableName(target);
    makeExecutable(parts, 'quiver.mjs', join(root, 'node_modules', target.node), join(made, executable));
    return moveInto(out, made, executable);
  } finally {
    rmSync(staging, { recursive: true });
  }
}

function copyDocuments(folder: string): void {
  for (const name of documents) {
    copyFileSync(join(root, name), join(folder, name));
  }
  writeFileSync(join(folder, 'README.md'), pluginReadme(readFileSync(join(root, 'README.md'), 'utf8')));
  for (const name of ['img', 'dashboards']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const template = readFileSync(join(root, 'plugin.json'), 'utf8');
  writeFileSync(join(folder, 'plugin.json'), fillPluginJson(template, version, sourceDate()));
}

function copyLibraries(folder: string): void {
  const { bindings, libraries } = hostTarget();
  for (const name of libraries) {
    copyFileSync(join(root, 'node_modules', bindings, name), join(folder, name));
  }
}

function writeNotices(folder: string, bundled: readonly string[]): void {
  const packages = packageFolders(bundled).map((path) => readThirdParty(join(root, path)));
  const parties = [...nativeParties(join(root, 'node_modules'), hostTarget()), ...packages];
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES'), thirdPartyNotices(parties));
}

/** When the sources were last changed, so that building twice gives the same files: SOURCE_DATE_EPOCH, else the last commit, else now. */
function sourceDate(): Date {
  const seconds = process.env.SOURCE_DATE_EPOCH ?? lastCommitSeconds();
  return seconds === undefined ? new Date() : new Date(Number(seconds) * 1000);
}

function lastCommitSeconds(): string | undefined {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined; // unpacked from an archive, or no git
  }
}

/** Renames each file into place: a process that runs the old executable keeps it. The executable comes last, when all it needs is there. */
function moveInto(out: string, made: string, executable: string): string[] {
  const others = globSync('**/*', { cwd: made }).filter((name) => name !== executable && isFile(join(made, name)));
  const files = [...others.sort(), executable];
  for (const name of files) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    renameSync(join(made, name), join(out, name));
  }
  removeOldChunks(out, files);
  return files;
}

/** Their names change with what is in them, so nothing replaces them. */
function removeOldChunks(out: string, files: readonly string[]): void {
  for (const name of globSync(`${chunkFolder}/*`, { cwd: out })) {
    if (!files.includes(name)) {
      rmSync(join(out, name));
    }
  }
}

function isFile(path: string): boolean {
  return statSync(path).isFile();
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      entry: { type: 'string', default: join(root, 'src/main.ts') },
      out: { type: 'string', default: join(root, 'dist') },
    },
  });
  const started = performance.now();
  const files = await buildPlugin(values.entry, values.out);
  for (const name of files) {
    const megabytes = statSync(join(values.out, name)).size / 1e6;
    console.log(`${megabytes.toFixed(3).padStart(9)} MB  ${join(relative(process.cwd(), values.out), name)}`);
  }
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
