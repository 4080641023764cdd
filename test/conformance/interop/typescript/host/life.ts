import { readdirSync } from 'node:fs';
import { status } from '@grpc/grpc-js';
import { unary } from 'quiver-sql-datasource/goplugin';
import pb from '../generated/peer_pb.js';
import type { Cell } from './cell.ts';
import { expectEqual, expectThat, failureOf } from './expect.ts';

const lastWords = 'the bow has snapped';

export async function panic(cell: Cell): Promise<void> {
  await cell.withPlugin({}, async ({ client, peer, heard }) => {
    const request = new pb.PanicRequest();
    request.setMessage(lastWords);
    const { code } = await failureOf(
      'The call',
      unary<pb.PanicReply>((callback) => peer.panic(request, callback)),
    );
    const isEnd = code !== undefined && code !== status.DEADLINE_EXCEEDED && code !== status.UNIMPLEMENTED;
    expectThat(isEnd, `The call ended with ${code}, expected what ends calls whose plugin is gone`);
    const exit = await client.exited;
    expectThat(exit.code !== 0, 'The plugin ended with code 0');
    expectThat(heard.log.text().includes(lastWords), `The log has not its last words: ${heard.log.text()}`);
  });
}

export async function shutdown(cell: Cell): Promise<void> {
  const before = readdirSync(cell.directory);
  await cell.withPlugin({}, async ({ client, peer }) => {
    const call = peer.hold(new pb.HoldRequest());
    const messages = call[Symbol.asyncIterator]();
    await messages.next();
    const [exit] = await Promise.all([client.stop(), failureOf('The open call', messages.next())]);
    expectEqual('The end', exit, { code: 0, signal: null });
  });
  expectEqual('The sockets', readdirSync(cell.directory), before);
}
