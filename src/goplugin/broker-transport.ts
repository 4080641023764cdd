import type { Duplex } from 'node:stream';
import type { PluginAddress } from './handshake.ts';

/** How brokered connections travel: each over a socket of its own, or all over the one that plugin and host have. */
export interface BrokerTransport {
  /** Takes connections for this id and lets the other side know; until the returned function is called. */
  accept(id: number, onConnection: (connection: Duplex) => void): Promise<() => void>;
  /** Where this id of the other side can be connected to. Rejects with code `broker` or `aborted`. */
  dial(id: number, signal?: AbortSignal): Promise<DialledAddress>;
  /** Ends every wait, for good. */
  close(): void;
}

export interface DialledAddress extends PluginAddress {
  /** To be called when the connection is closed. */
  close(): void;
}
