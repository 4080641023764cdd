/**
 * Serves the workbench over sample files until Ctrl-C, with dist/ as it is: for who works on the frontend.
 *
 *     node workbench/server/serve-samples.ts [--port 4711]
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeSampleSite } from './sample-site.ts';
import { startWorkbench } from './start-workbench.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quiver-workbench-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// Ends by way of `exit`, whose listeners end the plugin and remove the files.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => process.exit());
}

try {
  const workbench = await startWorkbench({ ...(await makeSampleSite(folder)), port: Number(values.port) });
  console.log(`${workbench.url}  (Ctrl-C ends it)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
