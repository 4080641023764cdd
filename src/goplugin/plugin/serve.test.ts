import { describe, expect, test } from 'vitest';
import { serve } from './serve.ts';

const handshake = { magicCookieKey: 'KEY', magicCookieValue: 'value' };
const explanation = ['What it is', 'Where it goes'] as const;

// What serve() does to a process is shown in test/goplugin, on processes of its own.
describe('serve() refuses a configuration that cannot work', () => {
  test.each([
    ['a cookie without a key', { ...handshake, magicCookieKey: '' }, {}, 'the magic cookie has no key or no value'],
    ['a cookie without a value', { ...handshake, magicCookieValue: '' }, {}, 'the magic cookie has no key or no value'],
    ['a version that is no number', handshake, { v2: () => [] }, '"v2" is no protocol version'],
    ['a negative version', handshake, { '-1': () => [] }, '"-1" is no protocol version'],
  ])('%s', async (_, cookie, versionedPlugins, why) => {
    await expect(serve({ handshake: cookie, versionedPlugins, explanation })).rejects.toMatchObject({
      code: 'config',
      message: `Cannot serve: ${why}`,
    });
  });
});
