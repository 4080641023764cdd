import type { Env } from '../goplugin/index.ts';

/** How this process takes part when a plugin runs in a debugger; neither unless somebody asks. */
export type Standalone =
  /** It is the plugin in the debugger. */
  | { readonly kind: 'serve'; readonly address?: string }
  /** Grafana started it, and it says where the one in the debugger serves. */
  | { readonly kind: 'elsewhere'; readonly address: string };

/**
 * Reads the flag and the variable of Grafana's own SDK (grafana-plugin-sdk-go internal/standalone): `--standalone` serves without Grafana, at
 * the `host:port` of `GF_PLUGIN_GRPC_ADDRESS_<ID>` where that is set; without the flag, the variable sends Grafana there.
 * An admin sets it as `grpc_address_<id>` in the plugin's section of grafana.ini.
 */
export function readStandalone(pluginId: string, args: readonly string[], env: Env): Standalone | undefined {
  const address = env[addressVariable(pluginId)] || undefined;
  if (args.includes('--standalone') || args.includes('-standalone')) {
    return { kind: 'serve', ...(address !== undefined && { address }) };
  }
  return address === undefined ? undefined : { kind: 'elsewhere', address };
}

export function addressVariable(pluginId: string): string {
  return `GF_PLUGIN_GRPC_ADDRESS_${pluginId.toUpperCase().replaceAll('-', '_')}`;
}
