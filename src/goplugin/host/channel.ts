import { Channel, type ChannelCredentials, type ChannelOptions, type Client, credentials } from '@grpc/grpc-js';
import type { PluginAddress } from '../handshake.ts';

/** The constructor of a generated client. */
export type ClientConstructor<T extends Client> = new (
  address: string,
  credentials: ChannelCredentials,
  options?: object,
) => T;

/** One connection to a plugin, shared by all clients made from it. */
export interface PluginChannel {
  /** As grpc-js names it: `unix:/path` or `ipv4:127.0.0.1:port`. */
  readonly target: string;
  client<T extends Client>(Constructor: ClientConstructor<T>): T;
  close(): void;
}

const options: ChannelOptions = {
  // As unlimited as Go's hosts are (go-plugin grpc_client.go).
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  // A proxy in the environment is not for a plugin on this machine.
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
};

export function openChannel(address: PluginAddress): PluginChannel {
  const target = formatTarget(address);
  const channel = new Channel(target, credentials.createInsecure(), options);
  return {
    target,
    client: (Constructor) => new Constructor(target, credentials.createInsecure(), { channelOverride: channel }),
    close: () => channel.close(),
  };
}

function formatTarget({ network, address }: PluginAddress): string {
  if (network === 'unix') {
    return `unix:${address}`;
  }
  return /^\d+\.\d+\.\d+\.\d+:/.test(address) ? `ipv4:${address}` : `dns:${address}`;
}
