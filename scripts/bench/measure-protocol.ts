import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Command, obtainPrograms } from '../conformance/programs.ts';
import type { ProtocolFigures, ProtocolRun } from './render-protocol.ts';

const turns = 3;
const languages = ['go', 'typescript'] as const;

/** Lets every host of the interop matrix measure every plugin, in Go and with this library, in turns, so that a busy minute hits all of them. */
export function measureProtocol(root: string): readonly ProtocolRun[] {
  const { plugins } = obtainPrograms(root);
  const hosts: Readonly<Record<string, Command>> = {
    go: [join(root, '.cache/interop/measure')],
    typescript: [process.execPath, join(root, 'test/conformance/interop/typescript/measure.ts')],
  };
  const pairs = languages.flatMap((host) => languages.map((plugin) => ({ host, plugin })));
  const runs: ProtocolRun[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    for (const { host, plugin } of pairs) {
      console.log(`${turn} of ${turns}: ${host} host, ${plugin} plugin`);
      runs.push({ host, plugin, figures: measure(hosts[host], plugins[plugin]) });
    }
  }
  return runs;
}

function measure(host: Command | undefined, plugin: Command | undefined): ProtocolFigures {
  if (host === undefined || plugin === undefined) {
    throw new Error('Cannot measure: a host or a plugin is missing in the interop matrix');
  }
  const [program, ...args] = host;
  return JSON.parse(execFileSync(program, [...args, '--', ...plugin, '--network', 'unix'], { encoding: 'utf8' }));
}
