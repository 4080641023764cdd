import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { adminSettingsFrom } from './environment.ts';
import { settingsSchema } from './settings.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/installing.md'), 'utf8');

/** The second cell of the admin's table: variables. */
const documentedVariables = Array.from(page.matchAll(/^\| `([a-z_]+)` \| `(GF_PLUGIN_[A-Z_]+)` \|/gm));

describe('docs/installing.md', () => {
  test('names every variable that the admin’s settings are read from, and no other', () => {
    const read = new Set<string>();
    const env = new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => void read.add(String(name)) });
    adminSettingsFrom(env);
    expect(documentedVariables.map(([, , variable]) => variable).sort()).toEqual([...read].sort());
  });

  test('gives each variable the key of grafana.ini that becomes it', () => {
    for (const [, key = '', variable] of documentedVariables) {
      expect(`GF_PLUGIN_${key.toUpperCase()}`).toBe(variable);
    }
  });

  test('names every key of a data source’s settings, and no other', () => {
    const section = page.slice(page.indexOf("## What a data source's settings say"), page.indexOf('### Init SQL'));
    const documented = Array.from(section.matchAll(/^\| `([a-zA-Z.[\]]+)` \|/gm), ([, key]) => key);
    // The parts of a table stand in the row of the tables.
    const parts = ['duckdb.tables[].name', 'duckdb.tables[].path'];
    expect([...documented, ...parts].sort()).toEqual(
      keysOf(z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' }) as Schema).sort(),
    );
  });
});

interface Schema {
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** `limits.rows`, `duckdb.tables` and `duckdb.tables[].path`: of an object its keys, of a list itself and the keys of its elements. */
function keysOf({ anyOf = [], properties, items }: Schema, path = ''): string[] {
  const keys = Object.entries(properties ?? {}).flatMap(([key, value]) => {
    const inner = keysOf(value, `${path}${key}.`);
    return inner.length === 0 || inner[0]?.startsWith(`${path}${key}[]`) ? [path + key, ...inner] : inner;
  });
  return [
    ...anyOf.flatMap((one) => keysOf(one, path)),
    ...keys,
    ...(items === undefined ? [] : keysOf(items, `${path.slice(0, -1)}[].`)),
  ];
}
