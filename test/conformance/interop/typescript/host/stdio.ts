import { unary } from 'quiver-sql-datasource/goplugin';
import pb from '../generated/peer_pb.js';
import type { Capture } from './capture.ts';
import { expectThat, until } from './expect.ts';
import { recordsOf, type Session } from './session.ts';

// 67 KiB.
const manyLines = Array.from({ length: 7000 }, (_, index) => `line ${index}\n`).join('');
const short = 'grüße';

export async function stdout(session: Session, signal: AbortSignal): Promise<void> {
  const printed = [{ stdout: manyLines }, { stdout: short }, { stdout: '[1]', stderr: '[2]' }];
  await expectPrinted(session, signal, printed, { stdout: `${manyLines}${short}[1]`, stderr: '[2]' });
}

export async function stderr(session: Session, signal: AbortSignal): Promise<void> {
  const printed = [{ stderr: manyLines }, { stderr: short }, { stdout: '[1]', stderr: '[2]' }];
  await expectPrinted(session, signal, printed, { stdout: '[1]', stderr: `${manyLines}${short}[2]` });
}

interface Printed {
  readonly stdout?: string;
  readonly stderr?: string;
}

/** All that the plugin prints must come, each on its channel, and nothing else. */
async function expectPrinted(
  { peer, heard }: Session,
  signal: AbortSignal,
  printed: readonly Printed[],
  expected: Required<Printed>,
): Promise<void> {
  const before = { stdout: heard.stdout.byteLength, stderr: heard.stderr.byteLength };
  for (const { stdout: out = '', stderr: err = '' } of printed) {
    const request = new pb.PrintRequest();
    request.setStdout(out);
    request.setStderr(err);
    await unary<pb.PrintReply>((callback) => peer.print(request, callback));
  }
  for (const channel of ['stdout', 'stderr'] as const) {
    await expectGrowth(channel, heard[channel], before[channel], expected[channel], signal);
  }
}

async function expectGrowth(
  name: string,
  capture: Capture,
  before: number,
  expected: string,
  signal: AbortSignal,
): Promise<void> {
  const byteLength = Buffer.byteLength(expected);
  const grown = () => capture.byteLength - before;
  const what = () => `${byteLength} bytes on ${name}, ${grown()} have arrived`;
  await until(what, () => grown() >= byteLength, signal);
  expectThat(
    capture.text(before) === expected,
    `On ${name} have arrived ${grown()} bytes, and not the ${byteLength} that were printed`,
  );
}

export async function log({ peer, heard }: Session, signal: AbortSignal): Promise<void> {
  for (const [level, message, key, value] of [
    ['warn', 'the arrows run out', 'left', 'three'],
    ['debug', 'one more: grüße', 'path', 'C:\\temp "x"'],
  ] as const) {
    const request = new pb.LogRequest();
    request.setLevel(level);
    request.setMessage(message);
    request.setKey(key);
    request.setValue(value);
    await unary<pb.LogReply>((callback) => peer.log(request, callback));
    const isWanted = (record: Record<string, unknown>) =>
      record['@level'] === level && record['@message'] === message && record[key] === value;
    await until(`a record of ${JSON.stringify(message)}`, () => recordsOf(heard).some(isWanted), signal);
  }
}
