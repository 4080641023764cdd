import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkProtocol } from './check-protocol.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quiver-protocol-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const env = `export const envNames = { minPort: 'PLUGIN_MIN_PORT' } as const;
// PLUGIN_IN_A_COMMENT
export function readWishes(): void {}`;

const serve = `import { readWishes } from './env.ts';
const drainLimitMs = 2 * 1000;
let lastLength = 0;
/** What is served. */
export interface ServeConfig {
  readonly handshake: string;
  readonly reattach?: never;
}
export const serve = () => process.on('SIGINT', () => drainLimitMs);`;

/** A small library that its ledger fits. */
const library: Readonly<Record<string, string>> = {
  'src/goplugin/env.ts': env,
  'src/goplugin/env.test.ts': `describe('readWishes()', () => {
  test.each([['a port', 1], ['a range', 2]])('reads %s of %d', () => {});
  test('reads nothing else', () => {});
});`,
  'src/goplugin/errors.ts': "export const errorCodes = { listen: 'nothing could be opened' } as const;",
  'src/goplugin/index.ts': "export { type ServeConfig, serve } from './serve.ts';",
  'src/goplugin/serve.ts': serve,
  'proto/goplugin/broker.proto': `package plugin;
service Broker {
  rpc Start(stream Info) returns (stream Info);
}
message Info {
  uint32 id = 1; // a number
  message Knock {
    bool ack = 2;
  }
  Knock knock = 4;
}`,
  'test/conformance/interop/features.json': '{ "checks": [{ "name": "counter" }] }',
  'test/conformance/go-host/life_test.go': `func TestShutdown(t *testing.T) {
	t.Run("in time", nil)
}`,
};

const someTest = '[env.test.ts](env.test.ts) readWishes() reads nothing else';
const ours = '[serve.ts](serve.ts) `serve`';

const ledger = `# The protocol

| side | this table is for people |
|---|---|
| host | starts |

## Environment variables
| name | status | ours | test | why |
|---|---|---|---|---|
| \`PLUGIN_MIN_PORT\` | full | [env.ts](env.ts) \`readWishes\` | [env.test.ts](env.test.ts) readWishes() reads a range of 2 | |

## RPCs
| name | status | ours | test | why |
|---|---|---|---|---|
| \`plugin.Broker/Start\` | partly | ${ours} | [features.json](../../test/conformance/interop/features.json) counter | halves \\| thirds |

## Message fields
| name | status | ours | test | why |
|---|---|---|---|---|
| \`Info.id\` | full | ${ours} | ${someTest} | |
| \`Info.knock\` | left out | – | – | nobody knocks |
| \`Knock.ack\` | refused | ${ours} | ${someTest} | nobody answers |

## Signals
| name | status | ours | test | why |
|---|---|---|---|---|
| \`SIGINT\` | full | ${ours} | [life_test.go](../../test/conformance/go-host/life_test.go) TestShutdown/in time | |

## Time limits and sizes
| name | status | limit | ours | test | why |
|---|---|---|---|---|---|
| the drain | full | 2 s | [serve.ts](serve.ts) \`drainLimitMs\` | ${someTest} | |
| a message | full | – | ${ours} | ${someTest} | |

## Error codes
| name | status | ours | test | why |
|---|---|---|---|---|
| \`listen\` | full | [errors.ts](errors.ts) \`errorCodes.listen\` | ${someTest} | |

## Beyond
| name | status | ours | test | why |
|---|---|---|---|---|
| the handshake | ours | [serve.ts](serve.ts) \`ServeConfig.handshake\`<br>[env.ts](env.ts) \`envNames.minPort\` | ${someTest}<br>[env.test.ts](env.test.ts) readWishes() reads %s of %d | it is better |
`;

/** Checks the small library, with other files in place of some of its own. */
function check(files: Readonly<Record<string, string>> = {}): string[] {
  for (const [path, text] of Object.entries({ ...library, 'src/goplugin/PROTOCOL.md': ledger, ...files })) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return checkProtocol(root);
}

/** The same, with one thing in the ledger changed. */
function checkLedger(from: string, to: string): string[] {
  expect(ledger).toContain(from);
  return check({ 'src/goplugin/PROTOCOL.md': ledger.replace(from, to) }).map((problem) =>
    problem.replace(/^src\/goplugin\/PROTOCOL.md:?/, ''),
  );
}

test('checkProtocol() is content with a ledger that fits', () => {
  expect(check()).toEqual([]);
});

describe('checkProtocol() finds in a row', () => {
  test.each([
    [
      'a file that is not there',
      '[env.ts](env.ts) `readWishes`',
      '[env.ts](gone.ts) `readWishes`',
      "10 (`PLUGIN_MIN_PORT`): there is no file gone.ts; paths are relative to the ledger's folder",
    ],
    [
      'a file without a link',
      '[env.ts](env.ts) `readWishes`',
      'env.ts',
      ' Line 10 names "env.ts", which begins with no link to a file: [name](path)',
    ],
    [
      'an identifier that is not there',
      '`readWishes`',
      '`readWish`',
      '10 (`PLUGIN_MIN_PORT`): env.ts has no identifier readWish; was it renamed or moved?',
    ],
    [
      'an identifier that stands in a comment alone',
      '`readWishes`',
      '`PLUGIN_IN_A_COMMENT`',
      '10 (`PLUGIN_MIN_PORT`): env.ts has no identifier PLUGIN_IN_A_COMMENT; was it renamed or moved?',
    ],
    [
      'a member that is not there',
      '`envNames.minPort`',
      '`envNames.maxPort`',
      '43 (the handshake): env.ts has no member envNames.maxPort; was it renamed or moved?',
    ],
    [
      'a file of tests that is not there',
      '[env.test.ts](env.test.ts) readWishes() reads a range of 2',
      '[env.test.ts](serve.test.ts) readWishes() reads a range of 2',
      "10 (`PLUGIN_MIN_PORT`): there is no file serve.test.ts; paths are relative to the ledger's folder",
    ],
    [
      'a test that is not there',
      'readWishes() reads a range of 2',
      'readWishes() writes',
      '10 (`PLUGIN_MIN_PORT`): env.test.ts has no test "readWishes() writes"',
    ],
    [
      'a test without the name of its describe()',
      'readWishes() reads a range of 2',
      'reads a range of 2',
      '10 (`PLUGIN_MIN_PORT`): env.test.ts has no test "reads a range of 2"; is it "readWishes() reads a range of 2"?',
    ],
    [
      'a row of test.each() that is not in its table',
      'readWishes() reads a range of 2',
      'readWishes() reads a range of 3',
      '10 (`PLUGIN_MIN_PORT`): env.test.ts has no test "readWishes() reads a range of 3"',
    ],
    [
      'a Go test that is not there',
      'TestShutdown/in time',
      'TestShut',
      '27 (`SIGINT`): ../../test/conformance/go-host/life_test.go has no test TestShut',
    ],
    [
      'a part of a Go test that is not there',
      'TestShutdown/in time',
      'TestShutdown/too late',
      '27 (`SIGINT`): ../../test/conformance/go-host/life_test.go has no test TestShutdown/too late',
    ],
    [
      'a check that the interop matrix has not',
      'features.json) counter',
      'features.json) count',
      '15 (`plugin.Broker/Start`): ../../test/conformance/interop/features.json has no check count',
    ],
    [
      'a file that has no tests',
      '[env.test.ts](env.test.ts) readWishes() reads a range of 2',
      '[env.ts](env.ts) readWishes',
      '10 (`PLUGIN_MIN_PORT`): env.ts is no file of tests: expected *.test.ts, *_test.go, or the features.json of the interop matrix',
    ],
    [
      'a status that there is not',
      '| refused |',
      '| soon |',
      '22 (`Knock.ack`): its status is "soon", expected one of full, partly, refused, left out, ours',
    ],
    [
      'no reason',
      '| halves \\| thirds |',
      '| – |',
      '15 (`plugin.Broker/Start`): it is partly, and its last column does not say why',
    ],
    [
      'a full thing without code',
      '| full | [env.ts](env.ts) `readWishes` |',
      '| full | – |',
      '10 (`PLUGIN_MIN_PORT`): it is full, and names nothing of ours: a link to a file, then identifiers between backticks',
    ],
    [
      'a full thing without a test',
      '| [env.test.ts](env.test.ts) readWishes() reads a range of 2 |',
      '| – |',
      "10 (`PLUGIN_MIN_PORT`): it is full, and names no test that shows it: a link to a file, then the test's full name",
    ],
    [
      'a limit that is another one in the code',
      '| 2 s |',
      '| 5 s |',
      '32 (the drain): its limit is 5 s, but drainLimitMs in serve.ts is 2000',
    ],
    [
      'a limit without a unit',
      '| 2 s |',
      '| 2 |',
      '32 (the drain): its limit is "2", expected a number and one of ms, s, min, hours, bytes, KiB, characters, Ki characters, lines',
    ],
    ['a cell too many', '| nobody knocks |', '| nobody | knocks |', ' Line 21 has 6 cells, its table has 5'],
    [
      'a column that there is not',
      '## Beyond\n| name | status | ours | test | why |',
      '## Beyond\n| name | status | ours | tests | why |',
      ' Line 41 has a column tests, expected only name, status, limit, ours, test, why',
    ],
  ])('%s', (_what, from, to, problem) => {
    expect(checkLedger(from, to)[0]).toBe(problem);
  });
});

describe('checkProtocol() finds that nothing is written of', () => {
  test.each([
    [
      'a variable',
      { 'src/goplugin/env.ts': `${env}\nconst more = 'PLUGIN_MAX_PORT';` },
      'the variable in src/goplugin PLUGIN_MAX_PORT has no row under "Environment variables"',
    ],
    [
      'an RPC',
      {
        'proto/grpc/reflection/v1/reflection.proto':
          'package grpc.v1;\nservice Reflection {\n  rpc Info(A) returns (B) {}\n}',
      },
      'the RPC in proto/goplugin or proto/grpc/reflection grpc.v1.Reflection/Info has no row under "RPCs"',
    ],
    [
      'a field of a message',
      { 'proto/goplugin/stdio.proto': 'message Data {\n  repeated bytes data = 2;\n}' },
      'the field in proto/goplugin or of ServerReflectionRequest Data.data has no row under "Message fields"',
    ],
    [
      'a question to reflection, but not of its answers',
      {
        'proto/grpc/reflection/v1/reflection.proto':
          'message ServerReflectionRequest {\n  oneof asked {\n    string name = 1;\n  }\n}\nmessage Answer {\n  string host = 1;\n}',
      },
      'the field in proto/goplugin or of ServerReflectionRequest ServerReflectionRequest.name has no row under "Message fields"',
    ],
    [
      'a signal',
      { 'src/goplugin/kill.ts': "process.kill(1, 'SIGKILL');" },
      'the signal in src/goplugin SIGKILL has no row under "Signals"',
    ],
    [
      'an error code',
      { 'src/goplugin/errors.ts': "export const errorCodes = { listen: '', tls: '' };" },
      'the code in src/goplugin/errors.ts tls has no row under "Error codes"',
    ],
    [
      'an option',
      {
        'src/goplugin/serve.ts': serve.replace('handshake: string;', 'handshake: string;\n  readonly logger: string;'),
      },
      'no row names ServeConfig.logger of serve.ts under "ours"',
    ],
    [
      'a method, but those that are private',
      { 'src/goplugin/client.ts': 'export class Client {\n  #hidden() {}\n  start() {}\n}' },
      'no row names Client.start of client.ts under "ours"',
    ],
    [
      'what the library hands out',
      { 'src/goplugin/index.ts': "export { serve } from './serve.ts';\nexport { type Env } from './env.ts';" },
      'no row names Env, which index.ts exports, under "ours"',
    ],
    [
      'a time limit',
      { 'src/goplugin/wait.ts': 'export const waitMs = 5_000;' },
      'no row of a table with limits names waitMs of wait.ts, 5000',
    ],
    [
      'a default of a time limit',
      { 'src/goplugin/wait.ts': 'export function wait(limitMs = 250) {}' },
      'no row of a table with limits names limitMs of wait.ts, 250',
    ],
    [
      'a second number under the name of a limit',
      { 'src/goplugin/serve.ts': `${serve}\nconst other = { drainLimitMs: 300 };` },
      'no row of a table with limits names drainLimitMs of serve.ts, 300',
    ],
    [
      'a size',
      { 'src/goplugin/ring.ts': 'const capacityBytes = 256 * 1024;\nconst maxLength = 2 ** 4 - 1;' },
      'no row of a table with limits names capacityBytes of ring.ts, 262144',
    ],
  ])('%s', (_what, files, problem) => {
    expect(check(files)[0]).toBe(`src/goplugin/PROTOCOL.md: ${problem}`);
  });
});

describe('checkProtocol() finds a row of what is gone:', () => {
  test.each([
    [
      'a variable',
      '`PLUGIN_MIN_PORT` |',
      '`PLUGIN_PORT` |',
      '10 (`PLUGIN_PORT`): there is no variable in src/goplugin of this name any more',
    ],
    [
      'an RPC',
      '`plugin.Broker/Start` |',
      '`plugin.Broker/Stop` |',
      '15 (`plugin.Broker/Stop`): there is no RPC in proto/goplugin or proto/grpc/reflection of this name any more',
    ],
    [
      'a field',
      '`Info.id` |',
      '`Info.number` |',
      '20 (`Info.number`): there is no field in proto/goplugin or of ServerReflectionRequest of this name any more',
    ],
    [
      'a signal',
      '`SIGINT` |',
      '`SIGTERM` |',
      '27 (`SIGTERM`): there is no signal in src/goplugin of this name any more',
    ],
    [
      'an error code',
      '| `listen` |',
      '| `bind` |',
      '38 (`bind`): there is no code in src/goplugin/errors.ts of this name any more',
    ],
    ['one that is there twice', '`Info.id` |', '`Info.knock` |', '21 (`Info.knock`): another row has this name'],
  ])('%s', (_what, from, to, problem) => {
    expect(checkLedger(from, to)).toContain(problem);
  });
});
