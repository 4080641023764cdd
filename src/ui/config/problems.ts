import { filePath, type SettingRule, tableName } from '../../model/settings-rules.ts';

/** What is wrong with the value of a setting, in the backend's words. What is missing is right: there is a default. */
export function problemOf(value: unknown, rule: SettingRule | undefined): string | undefined {
  return value === undefined || value === null || !rule || rule.isValid(value) ? undefined : rule.expected;
}

/** @param names of all tables */
export function nameProblem(name: string, names: readonly string[]): string | undefined {
  const same = names.filter((other) => other.toLowerCase() === name.toLowerCase());
  return problemOf(name, tableName) ?? (same.length > 1 ? 'another table has this name' : undefined);
}

export function pathProblem(path: string): string | undefined {
  return problemOf(path, filePath) ?? problemOf(path, absolutePath);
}

/** As Linux, macOS and Windows write them: which of those the server is, the page does not know. */
export const absolutePath: SettingRule = {
  isValid: (value) => typeof value === 'string' && /^(\/|[a-z]:[\\/]|\\\\)/i.test(value),
  expected: 'expected an absolute path',
};

/** As Grafana writes intervals. */
export const timeInterval: SettingRule = {
  isValid: (value) => typeof value === 'string' && /^\d+(ms|[smhdwMy])$/.test(value),
  expected: 'expected an interval such as 10s, 1m or 1h',
};
