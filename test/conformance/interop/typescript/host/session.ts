import {
  type Broker,
  type Client,
  type Connection,
  createLogger,
  type ReadyState,
} from 'quiver-sql-datasource/goplugin';
import { handshake } from '../contract.ts';
import { PeerClient } from '../generated/peer_grpc_pb.js';
import { Capture } from './capture.ts';

/** What is dispensed, under every version: the bare connection. */
export const set = { peer: (connection: Connection, broker: Broker) => ({ connection, broker }) };

export type HostClient = Client<Readonly<Record<number, typeof set>>>;

/** A plugin, and what has been heard of it. */
export interface Session {
  readonly client: HostClient;
  readonly ready: ReadyState;
  readonly connection: Connection;
  readonly broker: Broker;
  readonly peer: PeerClient;
  readonly heard: Heard;
}

export interface Heard {
  /** What came over gRPC, by its channel. */
  readonly stdout: Capture;
  readonly stderr: Capture;
  /** What the library made of the process's own stderr, a record a line. */
  readonly log: Capture;
}

/** The part of a client's configuration that is the same for a plugin of ours and for somebody else's. */
export function hostConfig(versions: readonly number[], heard: Heard) {
  const write = (line: string) => heard.log.add(Buffer.from(line));
  return {
    handshake,
    versionedPlugins: Object.fromEntries(versions.map((version) => [version, set])),
    logger: createLogger({ name: 'host', level: 'trace', write }),
    onOutput: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => heard[stream].add(bytes),
  } as const;
}

export function nothingHeard(): Heard {
  return { stdout: new Capture(), stderr: new Capture(), log: new Capture() };
}

/** Starts the client, be it that it starts the plugin or attaches to one, and dispenses. */
export async function openSession(client: HostClient, heard: Heard): Promise<Session> {
  const ready = await client.start();
  const { connection, broker } = client.dispense('peer');
  return { client, ready, connection, broker, peer: connection.client(PeerClient), heard };
}

/** What the log has, a record a line. */
export function recordsOf({ log }: Heard): Record<string, unknown>[] {
  const lines = log.text().trimEnd().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
