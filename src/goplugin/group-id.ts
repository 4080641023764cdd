import { GoPluginError } from './errors.ts';

/**
 * The number of a group given by number or by name. Names are looked up in the text of /etc/group, as Go's pure
 * resolver does; groups that come from a directory service have to be given by number.
 */
export function groupId(group: string, etcGroup: string): number {
  if (/^\d+$/.test(group)) {
    return Number(group);
  }
  // One group a line: name, password, number, members, with colons between.
  const line = etcGroup.split('\n').find((entry) => entry.startsWith(`${group}:`));
  const id = line?.split(':')[2] ?? '';
  if (!/^\d+$/.test(id)) {
    throw new GoPluginError(
      'environment',
      `Cannot find the group ${JSON.stringify(group)} for the socket: /etc/group does not name it; its number would do`,
    );
  }
  return Number(id);
}
