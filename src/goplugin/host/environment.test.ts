import { expect, test } from 'vitest';
import { readHostWishes } from '../env.ts';
import { type MadeForStart, pluginEnvironment, portsOf } from './environment.ts';

const config = {
  command: 'x',
  handshake: { magicCookieKey: 'KEY', magicCookieValue: 'value' },
  versionedPlugins: { 2: {} },
};
const nothing: MadeForStart = { clientCert: undefined, socketDir: undefined, socketGroup: undefined };

test('pluginEnvironment() tells a plugin all that was made for it', () => {
  const made = { clientCert: 'pem', socketDir: '/run/plugins', socketGroup: 'staff' };
  const env = pluginEnvironment({ ...config, multiplex: true }, made, {}, 'linux');
  expect(readHostWishes(env)).toMatchObject({ versions: [2], multiplex: true, ...made });
});

test('pluginEnvironment() knows no two spellings of a variable on Windows', () => {
  const hostEnv = { Path: 'C:\\windows', plugin_client_cert: 'the host’s own', Plugin_Min_Port: '1' };
  const env = pluginEnvironment({ ...config, env: { PATH: 'D:\\' } }, nothing, hostEnv, 'win32');
  const set = Object.entries(env).filter(([, value]) => value !== undefined);
  expect(Object.fromEntries(set)).toEqual({
    PATH: 'D:\\',
    KEY: 'value',
    PLUGIN_PROTOCOL_VERSIONS: '2',
    PLUGIN_MIN_PORT: '10000',
    PLUGIN_MAX_PORT: '25000',
  });
});

test('pluginEnvironment() knows two spellings elsewhere', () => {
  const env = pluginEnvironment({ ...config, env: { PATH: '/b' } }, nothing, { Path: '/a' }, 'linux');
  expect(env).toMatchObject({ Path: '/a', PATH: '/b' });
});

test('portsOf() has a bound for each that is not given', () => {
  expect([portsOf({}), portsOf({ minPort: 20_000 }), portsOf({ minPort: 0, maxPort: 0 })]).toEqual([
    { minPort: 10_000, maxPort: 25_000 },
    { minPort: 20_000, maxPort: 25_000 },
    { minPort: 0, maxPort: 0 },
  ]);
});
