import { request } from 'node:http';
import { expect, test } from 'vitest';
import { useWorkbench, waitForResult } from './workbench-page.ts';

const pages = useWorkbench();

test('The server answers nobody but its own pages', async () => {
  expect(await statusOf('/api/frontend/settings', {})).toBe(200);
  expect(await statusOf('/api/frontend/settings', { host: 'evil.example' })).toBe(403);
  expect(await statusOf('/api/frontend/settings', { origin: 'http://evil.example' })).toBe(403);
});

test('The server gives files of the frontend, never the executable or what lies beside the folder', async () => {
  const plugin = '/public/plugins/quiver-sql-datasource';
  expect(await statusOf(`${plugin}/module.js`, {})).toBe(200);
  expect(await statusOf(`${plugin}/gpx_quiver_linux_amd64`, {})).toBe(404);
  expect(await statusOf(`${plugin}/..%2f..%2fpackage.json`, {})).toBe(404);
});

test('Resources come with the status and the body that the plugin gives', async () => {
  const base = new URL('/api/datasources/uid/weather/resources/', pages.workbench.url);
  const macros = await fetch(new URL('macros', base));
  expect(macros.status).toBe(200);
  expect(JSON.stringify(await macros.json())).toContain('$__timeFilter');
  expect((await fetch(new URL('no-such-thing', base))).status).toBe(404);
});

test('Log lines come with their volume, and a filter of a label changes the query that arrives', async () => {
  const page = await pages.open('#/explore');
  await page.getByRole('button', { name: 'Remarks' }).click();
  await waitForResult(page);
  await page.getByText('Logs volume').waitFor();
  await page.getByTestId('logs').locator('summary').first().click();
  await page
    .getByRole('button', { name: /^Filter for station/ })
    .first()
    .click();
  await expect
    .poll(() => pages.received().map(({ adHocFilters }) => JSON.stringify(adHocFilters)))
    .toContainEqual(expect.stringContaining('"key":"station"'));
});

/** Node's fetch writes the host itself. */
function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { hostname, port } = new URL(pages.workbench.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
