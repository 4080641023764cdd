import { connect, type Socket } from 'node:net';
import type { BrokerStream } from '../broker-stream.ts';
import type { DialledAddress } from '../broker-transport.ts';
import { GoPluginError, messageOf } from '../errors.ts';
import type { PluginAddress } from '../handshake.ts';
import { type ListenOptions, listen } from '../listen.ts';
import type { MuxTransport } from '../mux/mux-transport.ts';

/** How this host opens sockets. */
export type HostSockets = Omit<ListenOptions, 'onConnection' | 'again'>;

/** The one socket over which this host has everything of its plugin. */
export interface HostMux {
  readonly transport: MuxTransport;
  /** Where gRPC clients of this process reach the plugin's main services. */
  readonly main: DialledAddress;
}

/** Connects to a plugin that multiplexes. Rejects with code `unreachable` where nobody listens at its address. */
export async function openMux(address: PluginAddress, stream: BrokerStream, sockets: HostSockets): Promise<HostMux> {
  const { logger } = sockets;
  const { MuxTransport } = await import('../mux/mux-transport.ts');
  const transport = new MuxTransport({
    stream,
    // These sockets are for this process alone, so they get no group.
    listen: (onConnection, again) =>
      listen({ ...sockets, wishes: { ...sockets.wishes, socketGroup: undefined }, onConnection, again }),
    logger,
  });
  const socket = await connectTo(address);
  transport.use(socket, 'client').catch((error) => {
    logger.error('Cannot multiplex', { error });
    socket.destroy();
  });
  try {
    return { transport, main: await transport.reachMain() };
  } catch (error) {
    transport.close();
    socket.destroy();
    throw error;
  }
}

function connectTo({ network, address }: PluginAddress): Promise<Socket> {
  const colon = address.lastIndexOf(':');
  const target =
    network === 'unix' ? { path: address } : { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
  return new Promise((resolve, reject) => {
    const socket = connect(target, () => {
      socket.off('error', refuse);
      resolve(socket);
    });
    const refuse = (cause: Error) => {
      reject(new GoPluginError('unreachable', `cannot connect to ${address}: ${messageOf(cause)}`, { cause }));
    };
    socket.once('error', refuse);
  });
}
