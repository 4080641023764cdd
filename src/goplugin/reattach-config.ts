import { GoPluginError, messageOf } from './errors.ts';
import { isNetwork, type PluginAddress } from './handshake.ts';

/**
 * What a host needs to use a plugin that runs already (go-plugin client.go, ReattachConfig). As JSON it is spelt as
 * Terraform spells it in TF_REATTACH_PROVIDERS, the one such text that Go hosts are known to read.
 */
export interface ReattachConfig extends PluginAddress {
  readonly protocolVersion: number;
  readonly processId: number;
  /** The plugin was started by somebody else, who also ends it: a host must not. */
  readonly test: boolean;
}

/** One line of JSON: `{"Protocol":"grpc","ProtocolVersion":…,"Pid":…,"Test":…,"Addr":{"Network":…,"String":…}}`. */
export function formatReattachConfig(config: ReattachConfig): string {
  const { protocolVersion, processId, test, network, address } = config;
  return JSON.stringify({
    Protocol: 'grpc',
    ProtocolVersion: protocolVersion,
    Pid: processId,
    Test: test,
    Addr: { Network: network, String: address },
  });
}

/** Reads what {@link formatReattachConfig} writes; throws with code `config` and the name of the field that is wrong. */
export function parseReattachConfig(json: string): ReattachConfig {
  const { Protocol, ProtocolVersion, Pid, Test = false, Addr } = parseObject(json);
  const { Network, String: address } = isObject(Addr) ? Addr : {};
  if (Protocol !== 'grpc') {
    throw unreadable('Protocol', Protocol, '"grpc"');
  }
  if (!isCount(ProtocolVersion)) {
    throw unreadable('ProtocolVersion', ProtocolVersion, 'a version');
  }
  if (!isCount(Pid) || Pid === 0) {
    throw unreadable('Pid', Pid, 'the id of a process');
  }
  if (typeof Test !== 'boolean') {
    throw unreadable('Test', Test, 'true or false');
  }
  if (typeof Network !== 'string' || !isNetwork(Network)) {
    throw unreadable('Addr.Network', Network, '"unix" or "tcp"');
  }
  if (typeof address !== 'string' || address === '') {
    throw unreadable('Addr.String', address, 'an address');
  }
  return { protocolVersion: ProtocolVersion, processId: Pid, test: Test, network: Network, address };
}

function parseObject(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new GoPluginError('config', `Cannot reattach: the configuration is no JSON: ${messageOf(cause)}`, { cause });
  }
  if (!isObject(value)) {
    throw new GoPluginError('config', `Cannot reattach: the configuration is no object: ${json.slice(0, 200)}`);
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function unreadable(name: string, value: unknown, expected: string): GoPluginError {
  return new GoPluginError('config', `Cannot reattach: ${name} is ${JSON.stringify(value)}, expected ${expected}`);
}
