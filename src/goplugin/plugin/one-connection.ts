import type { Socket } from 'node:net';
import type { Logger } from '../hclog.ts';
import type { MuxTransport } from '../mux/mux-transport.ts';

/** The one connection over which a host has everything. */
export interface OneConnection {
  /** Takes the first socket, and no other: go-plugin's server accepts one as well (internal/grpcmux, acceptSession). */
  accept(socket: Socket): void;
  /** Resolves when it has ended. A host cannot come back, so nothing is left to serve. */
  readonly ended: Promise<void>;
}

export function takeOneConnection(transport: MuxTransport, logger: Logger, onTaken: () => void): OneConnection {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let isTaken = false;
  return {
    ended,
    accept(socket) {
      if (isTaken) {
        socket.destroy();
        return;
      }
      isTaken = true;
      onTaken();
      transport.use(socket, 'server').then(resolve, (error) => {
        logger.error('Cannot multiplex', { error });
        socket.destroy();
        resolve();
      });
    },
  };
}
