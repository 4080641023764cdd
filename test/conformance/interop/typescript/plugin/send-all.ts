import { Readable, type Writable } from 'node:stream';

/** Sends messages as fast as the caller takes them; calls back when the last is on its way. The stream stays open. */
export function sendAll(call: Writable, messages: Iterable<unknown>, onSent: () => void): void {
  Readable.from(messages).once('end', onSent).pipe(call, { end: false });
}
