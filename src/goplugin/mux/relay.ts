import type { Socket } from 'node:net';
import { type Duplex, finished } from 'node:stream';
import type { PluginAddress } from '../handshake.ts';
import type { Logger } from '../hclog.ts';
import type { Listener } from '../listen.ts';

export interface RelayEdge {
  /** Opens a socket for this process alone; at the address of an earlier one, if there is one. */
  readonly listen: (onConnection: (socket: Socket) => void, again?: PluginAddress) => Promise<Listener>;
  /** Opens the stream that a connection is passed on to. */
  readonly open: () => Promise<Duplex>;
  readonly logger: Logger;
}

/** An address at which a gRPC client of this process reaches a stream. */
export interface Relay extends PluginAddress {
  /** Takes no more connections and ends the one there is, which its client must not use any more. */
  close(): void;
}

/**
 * Makes a stream dialable: grpc-js connects by itself, to addresses only, so it gets one of our own and each of its
 * connections is passed on to a new stream. TLS passes through. The listener, and the file of a Unix socket, is there
 * only until the client has connected; after a break it comes back at the same address.
 */
export async function relay({ listen, open, logger }: RelayEdge): Promise<Relay> {
  let current: Socket | undefined;
  let isClosed = false;

  const onConnection = (socket: Socket) => {
    if (current !== undefined || isClosed) {
      socket.destroy();
      return;
    }
    current = socket;
    listener.close();
    // Its error is the pipe's business, once there is one; `close` follows anyhow.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      current = undefined;
      void listenAgain();
    });
    passOn(socket, open, logger);
  };

  const listenAgain = async () => {
    if (isClosed) {
      return;
    }
    try {
      listener = await listen(onConnection, { network: listener.network, address: listener.address });
    } catch (error) {
      logger.warn('A broken connection cannot be made again', { address: listener.address, error });
      return;
    }
    if (isClosed) {
      listener.close();
    }
  };

  let listener = await listen(onConnection);
  return {
    network: listener.network,
    address: listener.address,
    close() {
      isClosed = true;
      listener.close();
      if (current !== undefined) {
        hangUp(current);
      }
    },
  };
}

function passOn(socket: Socket, open: () => Promise<Duplex>, logger: Logger): void {
  open().then(
    (stream) => join(socket, stream),
    (error) => {
      logger.warn('A multiplexed connection cannot be opened', { error });
      hangUp(socket);
    },
  );
}

/** Either side's end ends the other; where the stream breaks, grpc-js connects anew. */
function join(socket: Socket, stream: Duplex): void {
  if (socket.destroyed) {
    stream.destroy();
    return;
  }
  socket.pipe(stream);
  stream.pipe(socket);
  stream.once('close', () => hangUp(socket));
  socket.once('close', () => {
    if (stream.writableEnded) {
      finished(stream, { readable: false }, () => stream.destroy());
    } else {
      stream.destroy();
    }
  });
}

/**
 * Ends our half and lets the client end its own, which grpc-js does at once. Were the socket destroyed while the client
 * writes, Node's TLS would take that write for one that still runs, and the client's socket would stay open for good
 * (Node 26, TLSWrap; test "lets go of a client that writes with TLS while it ends").
 */
function hangUp(socket: Socket): void {
  socket.unpipe();
  socket.resume();
  socket.end();
}
