/** The host of the interop matrix that is written with this library: one cell of it at a time. Its contract is in ../README.md. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Cell } from './host/cell.ts';
import { runCheck } from './host/run-check.ts';

const { values: options, positionals: command } = parseArgs({
  allowPositionals: true,
  options: {
    plugin: { type: 'string', default: '' },
    network: { type: 'string', default: 'unix' },
    'auto-mtls': { type: 'string', default: 'false' },
    checks: { type: 'string', default: '' },
  },
});

// Sockets of both sides go where none but theirs are.
const directory = mkdtempSync(path.join(os.tmpdir(), 'interop'));
process.env.TMPDIR = directory;

const { plugin, network } = options;
const autoMtls = options['auto-mtls'] === 'true';
const cell = new Cell({ command, network, autoMtls, directory });
try {
  for (const check of options.checks.split(',')) {
    const beganMs = performance.now();
    const message = await runCheck(check, cell);
    const milliseconds = Math.round(performance.now() - beganMs);
    const status = message === undefined ? 'pass' : 'fail';
    const result = {
      host: 'typescript',
      plugin,
      network,
      autoMtls,
      check,
      status,
      message: message ?? '',
      milliseconds,
    };
    console.log(JSON.stringify(result));
    if (message !== undefined) {
      console.error(`${check}: ${message}\n${cell.lastWords()}`);
    }
  }
} finally {
  await cell.close();
  rmSync(directory, { recursive: true, force: true });
}
