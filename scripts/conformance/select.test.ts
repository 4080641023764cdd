import { describe, expect, test } from 'vitest';
import type { Features } from './features.ts';
import { select } from './select.ts';

const features: Features = {
  hosts: ['go', 'typescript'],
  plugins: ['go', 'python'],
  networks: ['unix'],
  autoMtls: [false, true],
  checks: [
    { name: 'start', says: 'it starts' },
    { name: 'stranger', says: 'strangers stay outside', autoMtls: true },
  ],
  gaps: [],
};

describe('select()', () => {
  test('takes everything where nothing is named', () => {
    expect(select(features, [])).toHaveLength(8);
  });

  test('takes what is named, more than one of an axis, too', () => {
    const args = ['--plugin', 'go', '--plugin', 'python', '--host', 'go', '--auto-mtls', 'true', '--check', 'stranger'];
    expect(select(features, args)).toEqual([
      { cell: { host: 'go', plugin: 'go', network: 'unix', autoMtls: true }, checks: ['stranger'] },
      { cell: { host: 'go', plugin: 'python', network: 'unix', autoMtls: true }, checks: ['stranger'] },
    ]);
  });

  test('leaves out a check that means nothing in a cell', () => {
    const [withoutTls] = select(features, ['--auto-mtls', 'false']);
    expect(withoutTls?.checks).toEqual(['start']);
  });

  test('refuses a name that the table has not, with those that it has', () => {
    expect(() => select(features, ['--host', 'gopher'])).toThrow(
      'Cannot run --host gopher: features.json has go, typescript',
    );
  });
});
