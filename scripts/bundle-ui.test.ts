import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleUi, chunkFolder, type UiBundle } from './bundle-ui.ts';

let folder: string;
let bundle: UiBundle;
let module: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quiver-bundle-ui-'));
  bundle = await bundleUi(folder);
  module = readFileSync(join(folder, 'module.js'), 'utf8');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('bundleUi()', () => {
  test('makes an AMD module without a name, which wants only what Grafana shares', () => {
    const [, dependencies = ''] = /^define\(\[([^\]]*)\],/.exec(module) ?? [];
    const shared = ['@emotion/css', '@grafana/data', '@grafana/runtime', '@grafana/ui', 'lodash', 'module', 'react'];
    expect([...shared, 'react/jsx-runtime', 'rxjs']).toEqual(
      expect.arrayContaining(dependencies.replaceAll('"', '').split(',')),
    );
  });

  test('keeps module.js below 100 kB gzipped, and editors in chunks beside it', () => {
    expect(gzipSync(module).byteLength).toBeLessThan(100_000);
    expect(bundle.files[0]).toBe('module.js');
    expect(bundle.files.slice(1)).toContainEqual(expect.stringMatching(`^${chunkFolder}/query-editor\\.\\w+\\.js$`));
    expect(bundle.files.slice(1)).toContainEqual(expect.stringMatching(`^${chunkFolder}/config-editor\\.\\w+\\.js$`));
  });

  test('tells what went in, of ours and of packages', () => {
    expect(bundle.inputs).toContain('src/ui/datasource.ts');
    expect(bundle.inputs).toContainEqual(expect.stringContaining('node_modules/@grafana/plugin-ui/'));
  });

  test('leaves @grafana/sql out, whose licence would bind who runs the plugin', () => {
    expect(bundle.inputs.filter((path) => path.includes('@grafana/sql'))).toEqual([]);
  });
});
