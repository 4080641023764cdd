/**
 * Bundles the workbench's page, with Grafana's packages in it, into .cache/workbench/. Kept by the content of what goes in, since it takes
 * a while.
 *
 *     node workbench/server/bundle-page.ts
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const cache = join(root, '.cache/workbench');
const page = join(root, 'workbench/page');

/** Returns the folder of the bundle, which is made only where it is missing. */
export async function bundlePage(): Promise<string> {
  const folder = join(cache, hashOfInputs());
  if (existsSync(folder)) {
    return folder;
  }
  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(join(cache, 'making-'));
  try {
    await bundleInto(staging);
    renameSync(staging, folder);
    removeOthers(folder);
    return folder;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Packages change with the lock file alone. */
function hashOfInputs(): string {
  const sources = globSync('workbench/page/**/*', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const shared = globSync('src/model/*.ts', { cwd: root }).map((name) => join(root, name));
  const hash = createHash('sha256');
  for (const path of [...sources, ...shared, join(root, 'package-lock.json'), import.meta.filename].sort()) {
    hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

async function bundleInto(folder: string): Promise<void> {
  const shared = { bundle: true, platform: 'browser', logLevel: 'error', absWorkingDir: root } as const;
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(page, 'boot.ts')],
    outdir: folder,
    format: 'esm',
    splitting: true,
    target: 'es2022',
    jsx: 'automatic',
    // Packages that look for AMD first would give themselves to our loader instead of the bundle.
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis', define: 'undefined' },
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [styles, systemFonts],
    write: false,
  });
  mkdirSync(join(folder, 'chunks'));
  for (const { path, text } of outputFiles) {
    const { code } = await transform(withWebpackDefaults(text), { minify: true, format: 'esm', target: 'es2022' });
    writeFileSync(path, code);
  }
  await build({
    ...shared,
    minify: true,
    entryPoints: { 'editor.worker': join(root, 'node_modules/monaco-editor/esm/vs/editor/editor.worker.js') },
    outdir: folder,
    format: 'iife',
  });
  copyFileSync(join(page, 'index.html'), join(folder, 'index.html'));
}

/**
 * Has `import x from` of a CommonJS package give its `default`, as webpack does and Grafana's packages expect: from files that end in `.mjs`
 * esbuild gives the whole package, as Node does, and marks those imports with a 1.
 */
function withWebpackDefaults(code: string): string {
  return code.replaceAll(/__toESM\((require_\w+\(\)), 1\)/g, '__toESM($1)');
}

/** Grafana's fonts are not on npm: without their rules the browser's own are taken, and nothing asks for files that are not there. */
const systemFonts: Plugin = {
  name: 'system-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /GlobalStyles[\\/]fonts\.mjs$/ }, () => ({
      contents: 'export function getFontStyles() { return []; }',
      loader: 'js',
    }));
  },
};

/** Style sheets of packages become modules that add themselves to the page, as lazily as what imports them; fonts go inside. */
const styles: Plugin = {
  name: 'styles',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        entryPoints: [path],
        bundle: true,
        minify: true,
        write: false,
        loader: { '.ttf': 'dataurl', '.svg': 'dataurl', '.woff2': 'dataurl' },
      });
      const css = JSON.stringify(outputFiles[0]?.text ?? '');
      const code = `const style = document.createElement('style'); style.textContent = ${css}; document.head.append(style);`;
      return { contents: code, loader: 'js' };
    });
  },
};

function removeOthers(folder: string): void {
  for (const name of globSync('*', { cwd: cache })) {
    if (join(cache, name) !== folder) {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

if (import.meta.main) {
  const started = performance.now();
  const folder = await bundlePage();
  console.log(`${folder} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
