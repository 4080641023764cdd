import type { Socket } from 'node:net';
import { AbstractMessageStream, type MessageStreamInit, type SendResult } from '@libp2p/utils';
import type { Uint8ArrayList } from 'uint8arraylist';
import { FrameLimit } from './frame-limit.ts';

/** A socket as the yamux library takes its connections. */
export class SocketConnection extends AbstractMessageStream {
  readonly #socket: Socket;

  /** The side that made the connection is `outbound`: yamux's client, whose streams have odd ids. */
  constructor(socket: Socket, direction: 'inbound' | 'outbound') {
    super({ log: silent, direction });
    this.#socket = socket;
    const limit = new FrameLimit();
    socket.on('data', (bytes: Uint8Array) => {
      if (limit.isExceededBy(bytes)) {
        socket.destroy();
      } else {
        this.onData(bytes);
      }
    });
    socket.on('drain', () => this.safeDispatchEvent('drain'));
    socket.on('close', () => this.onTransportClosed());
    // `close` follows, which ends all streams.
    socket.on('error', () => undefined);
  }

  override sendData(data: Uint8ArrayList): SendResult {
    this.#socket.cork();
    for (const part of data) {
      this.#socket.write(part);
    }
    this.#socket.uncork();
    return { sentBytes: data.byteLength, canSendMore: !this.#socket.writableNeedDrain };
  }

  override sendReset(): void {
    this.#socket.destroy();
  }

  override sendPause(): void {
    this.#socket.pause();
  }

  override sendResume(): void {
    this.#socket.resume();
  }

  override async close(): Promise<void> {
    this.#socket.destroy();
  }
}

// What the library logs are frames; what goes wrong reaches the streams as errors.
const silent: MessageStreamInit['log'] = Object.assign(() => undefined, {
  enabled: false,
  error: () => undefined,
  trace: () => undefined,
  newScope: () => silent,
});
