import { describe, expect, test } from 'vitest';
import { negotiateVersion, parseVersions } from './negotiate.ts';

describe('negotiateVersion()', () => {
  test('compares versions as numbers', () => {
    expect(negotiateVersion([2, 10, 9], [2, 9, 10])).toBe(10);
    expect(negotiateVersion([2, 10, 9], [9, 2])).toBe(9);
  });

  test('chooses the highest that both sides name, in whatever order', () => {
    expect(negotiateVersion([1, 2, 3], [4, 2, 1])).toBe(2);
    expect(negotiateVersion([3, 2, 1], [1, 2, 4])).toBe(2);
  });

  test.each([
    ['offers none', []],
    ['offers only others', [7, 8]],
  ])('falls back to its lowest where the host %s', (_, offered) => {
    expect(negotiateVersion([10, 9, 2], offered)).toBe(2);
  });

  test('leaves the lists as they are', () => {
    const own = [2, 10, 9];
    negotiateVersion(own, [9]);
    expect(own).toEqual([2, 10, 9]);
  });

  test('refuses a plugin without any version', () => {
    expect(() => negotiateVersion([], [1])).toThrow(expect.objectContaining({ code: 'config' }));
  });
});

describe('parseVersions()', () => {
  test('reads a list', () => {
    expect(parseVersions('2,10,9')).toEqual({ versions: [2, 10, 9], invalid: [] });
  });

  test('reads no list as no versions', () => {
    expect(parseVersions('')).toEqual({ versions: [], invalid: [] });
  });

  test('sets apart what is no number', () => {
    expect(parseVersions('2,x,,-1,1.5, 3,4')).toEqual({ versions: [2, 4], invalid: ['x', '', '-1', '1.5', ' 3'] });
  });
});
