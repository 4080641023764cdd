import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { id } = JSON.parse(read('plugin.json')) as { id: string };

test('docker-compose.yaml mounts what the project has, or says how it is made', () => {
  const compose = read('docker-compose.yaml');
  const mounted = Array.from(compose.matchAll(/^ {6}- \.\/([^:]+):/gm), ([, path = '']) => path);
  const made = mounted.filter((path) => !existsSync(join(root, path)) || /^(dist|\.cache)\b/.test(path));
  expect(mounted).toHaveLength(5);
  expect(made).toEqual(['dist', '.cache/samples']);
  expect(compose).toContain('make dist && node scripts/make-samples.ts .cache/samples');
});

test('the provisioned files speak of this plugin and of the directory that is mounted', () => {
  const sources = read('provisioning/datasources/quiver.yaml');
  const paths = Array.from(sources.matchAll(/(?:path|database|-): ?(\/\S+)|- (\/\S+)/g), ([, a, b]) => a ?? b);
  expect(sources).toContain(`type: ${id}\n`);
  expect(paths).toHaveLength(4);
  expect(paths.filter((path) => !path?.startsWith('/srv/samples'))).toEqual([]);
  expect(read('provisioning/grafana.ini')).toContain(`[plugin.${id}]\nallowed_directories = /srv/samples\n`);
  expect(read('docker-compose.yaml')).toContain(`plugins/${id}:ro`);
  expect(read('provisioning/dashboards/quiver.yaml')).toContain(`plugins/${id}/dashboards\n`);
});
