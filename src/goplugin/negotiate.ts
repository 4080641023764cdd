import { GoPluginError } from './errors.ts';

/**
 * The plugin's choice: its highest version that the host named, or its lowest where none fits, so that the host can
 * report the mismatch (go-plugin server.go, protocolVersion). Versions compare as numbers: 10 is more than 9.
 */
export function negotiateVersion(own: readonly number[], offered: readonly number[]): number {
  const descending = own.toSorted((a, b) => b - a);
  const chosen = descending.find((version) => offered.includes(version)) ?? descending.at(-1);
  if (chosen === undefined) {
    throw new GoPluginError('config', 'Cannot choose a protocol version: the plugin serves none');
  }
  return chosen;
}

/** The list in PLUGIN_PROTOCOL_VERSIONS; what is no number is set apart, as go-plugin skips it. */
export function parseVersions(list: string): { readonly versions: number[]; readonly invalid: string[] } {
  const items = list === '' ? [] : list.split(',');
  return { versions: items.filter(isVersion).map(Number), invalid: items.filter((item) => !isVersion(item)) };
}

function isVersion(text: string): boolean {
  return /^\d+$/.test(text);
}
