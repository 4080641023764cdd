import {
  Channel,
  type ChannelCredentials,
  type ChannelOptions,
  type Client,
  credentials,
  InterceptingCall,
  type Interceptor,
  status,
} from '@grpc/grpc-js';
import './bounded-strings.ts';
import type { PluginAddress } from './handshake.ts';
import { channelSecurity, type TlsConfig } from './tls.ts';

/** The constructor of a generated client. */
export type ClientConstructor<T extends Client> = new (
  address: string,
  credentials: ChannelCredentials,
  options?: object,
) => T;

/** One connection to the other side, shared by all clients made from it. */
export interface Connection {
  /** As grpc-js names it: `unix:/path` or `ipv4:127.0.0.1:port`. */
  readonly target: string;
  /** A client of one of the services at the other end. */
  client<T extends Client>(Constructor: ClientConstructor<T>): T;
  /** Ends the connection; calls that run fail. */
  close(): void;
}

const channelOptions: ChannelOptions = {
  // As unlimited as Go's hosts are (go-plugin grpc_client.go).
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  // A proxy in the environment is not for a plugin on this machine.
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
};

/** Connects at the first call, and anew after a break. Throws where the TLS configuration cannot be read. */
export function openConnection(address: PluginAddress, tls?: TlsConfig): Connection {
  const target = formatTarget(address);
  const security = channelSecurity(tls);
  const channel = new Channel(target, security.credentials, { ...channelOptions, ...security.options });
  const running = new Set<InterceptingCall>();
  const options = { channelOverride: channel, interceptors: [trackCalls(running)] };
  return {
    target,
    client: (Constructor) => new Constructor(target, credentials.createInsecure(), options),
    close() {
      channel.close();
      // grpc-js would let them run on, and a plugin that is asked to end would wait for them.
      for (const call of running) {
        call.cancelWithStatus(status.UNAVAILABLE, 'The connection was closed');
      }
    },
  };
}

/** Keeps the calls that have not ended. */
function trackCalls(running: Set<InterceptingCall>): Interceptor {
  return (options, nextCall) => {
    const call = new InterceptingCall(nextCall(options), {
      start(metadata, _listener, next) {
        running.add(call);
        next(metadata, {
          onReceiveStatus(result, nextStatus) {
            running.delete(call);
            nextStatus(result);
          },
        });
      },
    });
    return call;
  };
}

function formatTarget({ network, address }: PluginAddress): string {
  if (network === 'unix') {
    return `unix:${address}`;
  }
  return /^\d+\.\d+\.\d+\.\d+:/.test(address) ? `ipv4:${address}` : `dns:${address}`;
}
