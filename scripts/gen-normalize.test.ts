import { describe, expect, test } from 'vitest';
import { normalizeStub } from './gen-normalize.ts';

describe('normalizeStub()', () => {
  test.each([
    [
      'protoc 3.20',
      "var global = (function() { return this || window || global || self || Function('return this')(); }).call(null);",
    ],
    [
      'protoc 3.19',
      "var global = (function() {\n  if (this) { return this; }\n  return Function('return this')();\n}.call(null));",
    ],
  ])('replaces the search for the global object as %s writes it', (_protoc, search) => {
    expect(normalizeStub('a_pb.js', `var goog = jspb;\n${search}\n\nmore();\n`)).toBe(
      'var goog = jspb;\nvar global = globalThis;\n\nmore();\n',
    );
  });

  test('refuses messages whose search for the global object it does not know', () => {
    expect(() => normalizeStub('a_pb.js', 'var global = window;\n')).toThrow('not of a known form');
  });

  test("drops the comments of gRPC's own generator and mends the indentation after them", () => {
    const text = [
      '// GENERATED CODE -- DO NOT EDIT!',
      '',
      '// Original file comments:',
      '// About the file.',
      '//',
      "'use strict';",
      '// About the service.',
      'var AService = exports.AService = {',
      '  // About the method,',
      '// in two lines.',
      'ask: {',
      "    path: '/p.A/Ask',",
      '  },',
      '  tell: {',
      '  },',
      '};',
    ];
    expect(normalizeStub('a_grpc_pb.js', text.join('\n'))?.split('\n')).toEqual([
      '// GENERATED CODE -- DO NOT EDIT!',
      '',
      "'use strict';",
      'var AService = exports.AService = {',
      '  ask: {',
      "    path: '/p.A/Ask',",
      '  },',
      '  tell: {',
      '  },',
      '};',
    ]);
  });

  test('keeps no service stub of a .proto without services', () => {
    expect(normalizeStub('a_grpc_pb.d.ts', '// GENERATED CODE -- NO SERVICES IN PROTO')).toBeUndefined();
    expect(normalizeStub('a_grpc_pb.js', '// GENERATED CODE -- NO SERVICES IN PROTO')).toBeUndefined();
  });
});
