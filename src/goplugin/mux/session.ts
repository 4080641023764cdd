import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { yamux } from '@libp2p/yamux';
import { GoPluginError, messageOf } from '../errors.ts';
import { MuxStream } from './mux-stream.ts';
import { SocketConnection } from './socket-connection.ts';

/** Many streams over one socket. */
export interface MuxSession {
  /** Opens a stream. Rejects with code `broker` when the session has ended. */
  open(): Promise<Duplex>;
  /** Ends the socket, and with it all streams, at once. */
  close(): void;
  /** Resolves when the socket has closed. */
  readonly closed: Promise<void>;
}

export interface MuxSessionOptions {
  /** The host is yamux's client, the plugin its server (go-plugin internal/grpcmux). */
  readonly role: 'client' | 'server';
  /** Takes the streams that the other side opens. */
  readonly onStream: (stream: Duplex) => void;
}

// No limit in hashicorp/yamux; this one is far above what brokers use.
const maxStreams = 65_536;

/**
 * Speaks yamux over a socket, as hashicorp/yamux does with its default configuration, which go-plugin takes. Pings are
 * answered; none are sent, since a socket on this machine ends when its other side does. The library would widen its
 * windows by the time that its own pings take: so they keep the 256 KiB of the specification, as in hashicorp/yamux.
 */
export function openSession(socket: Socket, { role, onStream }: MuxSessionOptions): MuxSession {
  const muxer = yamux({
    enableKeepAlive: false,
    maxInboundStreams: maxStreams,
    maxOutboundStreams: maxStreams,
  })().createStreamMuxer(new SocketConnection(socket, role === 'client' ? 'outbound' : 'inbound'));
  muxer.addEventListener('stream', ({ detail: stream }) => {
    // The acknowledgement, at once: the library would send it with the first bytes, and not at all if the stream were
    // paused before. After 75 seconds without one, hashicorp/yamux ends the session (StreamOpenTimeout).
    stream.sendWindowUpdate();
    onStream(new MuxStream(stream));
  });
  // After the other side's good-bye the library has ended all streams, and waits for nothing.
  socket.on('data', () => {
    if (muxer.status !== 'open') {
      socket.destroy();
    }
  });
  return {
    async open() {
      try {
        return new MuxStream(await muxer.createStream());
      } catch (cause) {
        const message = `Cannot open a stream of the multiplexed connection: ${messageOf(cause)}`;
        throw new GoPluginError('broker', message, { cause });
      }
    },
    close: () => socket.destroy(),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  };
}
