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
  ])('replaces the search for the global object as %s writes it by an object of the file', (_protoc, search) => {
    expect(normalizeStub('a_pb.js', `var goog = jspb;\n${search}\n\nmore();\n`)).toBe(
      'var goog = jspb;\nvar proto = {};\nvar global = { proto: proto };\n\nmore();\n',
    );
  });

  test('refuses messages whose search for the global object it does not know', () => {
    expect(() => normalizeStub('a_pb.js', 'var global = window;\n')).toThrow('not of a known form');
  });

  test('puts what a file imports into its own object, and refuses an import of which it does not know the package', () => {
    const search = 'var global = (function() { return this; }).call(null);';
    expect(normalizeStub('a_pb.js', `${search}\ngoog.object.extend(proto, google_protobuf_any_pb);\n`)).toContain(
      '\ngoog.object.extend((proto.google ??= {}).protobuf ??= {}, google_protobuf_any_pb);\n',
    );
    expect(() => normalizeStub('a_pb.js', `${search}\ngoog.object.extend(proto, other_b_pb);\n`)).toThrow(
      'it imports other_b_pb, whose package is not known here',
    );
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
