/** The hosts and plugins of the matrix, by the names that features.json gives them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { obtainPython } from './python.ts';

export type Command = readonly [string, ...string[]];

export interface Programs {
  readonly hosts: Readonly<Record<string, Command>>;
  readonly plugins: Readonly<Record<string, Command>>;
}

// Two of go-plugin's examples have messages of the same names, which the Go registry of types would not allow.
const LINK = '-X google.golang.org/protobuf/reflect/protoregistry.conflictPolicy=ignore';
const EXE = process.platform === 'win32' ? '.exe' : '';

/** Builds what is needed into the cache. Throws where a toolchain is missing, with what it said. */
export function obtainPrograms(root: string): Programs {
  const interop = join(root, 'test/conformance/interop');
  const cache = join(root, '.cache/interop');
  mkdirSync(cache, { recursive: true });
  execFileSync('go', ['build', '-ldflags', LINK, '-o', cache, './cmd/...'], {
    cwd: join(interop, 'go'),
    stdio: 'pipe',
  });
  const python = obtainPython(join(interop, 'python/requirements.txt'), cache);
  const typescript = (name: string): Command => [process.execPath, join(interop, 'typescript', name)];
  return {
    hosts: { go: [join(cache, `host${EXE}`)], typescript: typescript('host.ts') },
    plugins: {
      go: [join(cache, `plugin${EXE}`)],
      typescript: typescript('plugin.ts'),
      python: [python, join(interop, 'python/plugin.py')],
    },
  };
}
