import { describe, expect, test } from 'vitest';
import type { Reached } from './pack-files.ts';
import { packageExports, packageManifest } from './pack-manifest.ts';

const project = {
  name: 'quiver',
  version: '1.2.3',
  license: 'Apache-2.0',
  exports: { './frame': { types: './src/frame/index.ts', default: './src/frame/index.ts' } },
  dependencies: { '@grpc/grpc-js': '1.0.0', 'google-protobuf': '3.0.0', zod: '4.0.0' },
  devDependencies: { '@types/google-protobuf': '3.1.0', vitest: '4.0.0' },
};

const reached = (packages: readonly string[], typePackages: readonly string[] = []): Reached => ({
  files: [],
  packages: new Set(packages),
  typePackages: new Set(typePackages),
});

describe('packageExports()', () => {
  test('points at what the sources are compiled to', () => {
    expect(packageExports(project.exports)).toEqual({
      './frame': { types: './frame/index.d.ts', default: './frame/index.js' },
    });
  });
});

describe('packageManifest()', () => {
  test('is named and licensed as the project', () => {
    expect(packageManifest(project, {}, reached([]))).toMatchObject({
      name: 'quiver',
      version: '1.2.3',
      license: 'Apache-2.0',
    });
  });

  test('depends on what is imported, in the versions of the project, and on nothing else', () => {
    expect(packageManifest(project, {}, reached(['google-protobuf', '@grpc/grpc-js']))).toHaveProperty('dependencies', {
      '@grpc/grpc-js': '1.0.0',
      'google-protobuf': '3.0.0',
    });
  });

  test('brings the types that its declarations speak of', () => {
    const manifest = packageManifest(project, {}, reached([], ['google-protobuf', '@grpc/grpc-js']));
    expect(manifest).toHaveProperty('dependencies', {
      '@grpc/grpc-js': '1.0.0',
      '@types/google-protobuf': '3.1.0',
      'google-protobuf': '3.0.0',
    });
  });

  test('refuses to be made where the project does not depend on what is imported', () => {
    expect(() => packageManifest(project, {}, reached(['vitest']))).toThrow(
      new Error('Cannot pack the library: it imports vitest, which package.json has not among its dependencies'),
    );
  });
});
