import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkImports, rules } from './check-imports.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'quiver-imports-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Writes the files of a small project, by path below src, and checks it. */
function check(files: Record<string, string>): string[] {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, 'src', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return checkImports(root);
}

describe('checkImports()', () => {
  test('accepts what the table allows', () => {
    const problems = check({
      'frame/column.ts': "import { Builder } from 'flatbuffers';\nexport const a = 1;",
      'engine/engine.ts': "import { a } from '../frame/column.ts';\nexport const seam = a;",
      'engine/duckdb/open.ts':
        "import duckdb from '@duckdb/node-bindings';\nimport { join } from 'node:path';\nimport { seam } from '../engine.ts';",
      'generated/grafana/backend_pb.js': "var jspb = require('google-protobuf');",
      'goplugin/serve.ts': "import pb from '../generated/grafana/backend_pb.js';",
      'datasource/gate.ts': "import * as z from 'zod/v4';",
      'main.ts': "import './engine/duckdb/open.ts';\nimport './goplugin/serve.ts';",
    });
    expect(problems).toEqual([]);
  });

  const column = { 'frame/column.ts': 'export interface Field {}\nexport const field = {};' };

  test.each([
    ['a static import', "import { field } from '../frame/column.ts';"],
    ['an import of types', "import type { Field } from '../frame/column.ts';"],
    ['a type named in place', "export type F = import('../frame/column.ts').Field;"],
    ['a re-export', "export { field } from '../frame/column.ts';"],
    ['a re-export of everything', "export * from '../frame/column.ts';"],
    ['a re-export of types', "export type { Field } from '../frame/column.ts';"],
    ['a dynamic import', "const later = () => import('../frame/column.ts');"],
    ['an import for its effects', "import '../frame/column.ts';"],
    ['require', "const column = require('../frame/column.ts');"],
  ])('refuses %s from a folder that the table does not name', (_syntax, line) => {
    expect(check({ ...column, 'goplugin/serve.ts': `\n${line}` })).toEqual([
      'src/goplugin/serve.ts:2 imports ../frame/column.ts: goplugin may import only generated of ours, not frame',
    ]);
  });

  test('holds tests to the table of their folder, and lets only tests import vitest', () => {
    const problems = check({
      ...column,
      'goplugin/serve.test.ts': "import { test } from 'vitest';\nimport { field } from '../frame/column.ts';",
      'goplugin/serve.ts': "import { test } from 'vitest';",
    });
    expect(problems).toEqual([
      'src/goplugin/serve.test.ts:2 imports ../frame/column.ts: goplugin may import only generated of ours, not frame',
      `src/goplugin/serve.ts:1 imports vitest: goplugin may import only ${rules.goplugin?.npm.join(', ')} from npm`,
    ]);
  });

  test('lets only tests import the stubs of the examples, if they are there', () => {
    const problems = check({
      '../examples/generated/hello_pb.js': '',
      'goplugin/serve.test.ts': "import pb from '../../examples/generated/hello_pb.js';",
      'goplugin/serve.ts': "import pb from '../../examples/generated/hello_pb.js';",
      'goplugin/stdio.test.ts': "import pb from '../../examples/generated/lost_pb.js';",
    });
    expect(problems).toEqual([
      'src/goplugin/serve.ts:1 imports ../../examples/generated/hello_pb.js: it names no source file below src',
      'src/goplugin/stdio.test.ts:1 imports ../../examples/generated/lost_pb.js: it names no source file below src',
    ]);
  });

  test('tells the seam of the engines from the engines', () => {
    const problems = check({
      'engine/duckdb/open.ts': 'export const open = 1;',
      'datasource/query.ts': "import { open } from '../engine/duckdb/open.ts';",
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('datasource may import');
    expect(problems[0]).toContain('not engine/duckdb');
  });

  test('refuses generated stubs, and the parts of them, that a folder may not know', () => {
    const problems = check({
      'generated/grafana/backend_pb.js': '',
      'generated/flight/flight_pb.js': '',
      'query/run.ts': "import pb from '../generated/grafana/backend_pb.js';",
      'engine/flightsql/call.ts':
        "import flight from '../../generated/flight/flight_pb.js';\nimport pb from '../../generated/grafana/backend_pb.js';",
    });
    expect(problems.map((problem) => problem.split(':', 2).join(':'))).toEqual([
      'src/engine/flightsql/call.ts:2 imports ../../generated/grafana/backend_pb.js',
      'src/query/run.ts:1 imports ../generated/grafana/backend_pb.js',
    ]);
  });

  test.each([
    ['datasource', "import duckdb from '@duckdb/node-bindings';"],
    ['engine', "import type duckdb from '@duckdb/node-bindings';"],
    ['engine/duckdb', "import duckdb from '@duckdb/node-api';"],
    ['query', "import { z } from 'zod';"],
    ['grafana', "const otel = await import('@opentelemetryx/api');"],
    ['goplugin', "import self from 'quiver-sql-datasource/frame';"],
    ['main', "import grpc from '@grpc/grpc-js';"],
  ])('refuses a package that the table does not name for %s', (row, line) => {
    const problems = check({ [row === 'main' ? 'main.ts' : `${row}/file.ts`]: line });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${row} may import`);
    expect(problems[0]).toContain('from npm');
  });

  test('lets a folder import only the types of some packages', () => {
    const problems = check({
      'model/settings.ts': "import type { DataSourceJsonData } from '@grafana/data';",
      'model/query.ts': "import { dateTime } from '@grafana/data';",
      'model/range.ts': "export { dateTime } from '@grafana/data';",
    });
    expect(problems).toEqual([
      'src/model/query.ts:1 imports @grafana/data: model may import only its types',
      'src/model/range.ts:1 imports @grafana/data: model may import only its types',
    ]);
  });

  test("keeps Node's modules out of what browsers run", () => {
    expect(check({ 'model/query.ts': "import { join } from 'node:path';" })).toEqual([
      "src/model/query.ts:1 imports node:path: model runs in browsers too, where Node's modules are missing",
    ]);
  });

  test('refuses an import whose target only the running program knows', () => {
    expect(check({ 'goplugin/serve.ts': 'const late = (name: string) => import(name);' })).toHaveLength(1);
  });

  test('refuses an import that leaves src or names nothing', () => {
    writeFileSync(join(root, 'outside.ts'), '');
    const problems = check({ 'frame/a.ts': "import '../../outside.ts';\nimport './missing.ts';" });
    expect(problems).toEqual([
      'src/frame/a.ts:1 imports ../../outside.ts: it names no source file below src',
      'src/frame/a.ts:2 imports ./missing.ts: it names no source file below src',
    ]);
  });

  test('lets an example import stubs and what anybody may import who installs the package', () => {
    const problems = check({
      'goplugin/index.ts': '',
      '../examples/generated/hello_pb.js': "var jspb = require('google-protobuf');",
      '../examples/greeter/plugin.ts':
        "import { serve } from 'quiver-sql-datasource/goplugin';\nimport pb from '../generated/hello_pb.js';",
      '../examples/greeter/host.ts': "import '../../src/goplugin/index.ts';\nimport './plugin.ts';",
      '../examples/datasource/plugin.ts': "import grpc from '@grpc/grpc-js';",
      '../examples/other/plugin.ts': '',
    });
    expect(problems).toEqual([
      'examples/datasource/plugin.ts:1 imports @grpc/grpc-js: datasource may import only quiver-sql-datasource/frame, quiver-sql-datasource/grafana from npm',
      'examples/greeter/host.ts:1 imports ../../src/goplugin/index.ts: it names no source file below examples',
      'examples/other/plugin.ts belongs to no row of the table in scripts/check-imports.ts',
    ]);
  });

  test('refuses a folder that the table does not know', () => {
    expect(check({ 'helpers/file.ts': '', 'stray.ts': '' })).toEqual([
      'src/helpers/file.ts belongs to no row of the table in scripts/check-imports.ts',
      'src/stray.ts belongs to no row of the table in scripts/check-imports.ts',
    ]);
  });

  test('refuses a cycle of files, also one that only types close', () => {
    const problems = check({
      'frame/a.ts': "import { b } from './b.ts';",
      'frame/b.ts': "export * from './c.ts';",
      'frame/c.ts': "import type { A } from './a.ts';",
    });
    expect(problems).toEqual([
      'Files import each other in a circle: src/frame/a.ts → src/frame/b.ts → src/frame/c.ts → src/frame/a.ts',
    ]);
  });

  test('refuses a file that imports itself', () => {
    expect(check({ 'frame/a.ts': "import './a.ts';" })).toEqual([
      'Files import each other in a circle: src/frame/a.ts → src/frame/a.ts',
    ]);
  });

  test('takes files that two others import for no cycle', () => {
    const problems = check({
      'frame/a.ts': "import './b.ts';\nimport './c.ts';",
      'frame/b.ts': "import './d.ts';",
      'frame/c.ts': "import './d.ts';",
      'frame/d.ts': '',
    });
    expect(problems).toEqual([]);
  });
});
