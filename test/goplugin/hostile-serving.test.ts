import { describe, expect, test } from 'vitest';
import { start, until } from './processes.ts';

const env = { GREETER_COOKIE: 'hello', PLUGIN_PROTOCOL_VERSIONS: '2' };

describe('a plugin that is told to serve', () => {
  test('twice prints one handshake, and refuses the second', async () => {
    const { child, stdout, stderr, exited, firstLine } = start('hostile-serves-oddly', env, ['twice']);
    await firstLine;
    child.kill('SIGTERM');
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(stderr()).toContain('refused: config Cannot serve: this process serves already\n');
    expect(stdout().split('\n')).toHaveLength(2);
  });

  test('in a worker refuses it', async () => {
    const { stdout, stderr, exited } = start('hostile-serves-oddly', env, ['worker']);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(stderr()).toContain('refused: config Cannot serve: a worker thread does not own the process\n');
    expect(stdout()).toBe('');
  });

  test.each(['nonsense', '', '1|2', '127.0.0.1:4711\n1|1', 'localhost:http'])(
    'that it is served at %j, where nobody can be, prints no handshake',
    async (address) => {
      const { child, stdout, stderr } = start('hostile-serves-oddly', env, ['elsewhere', address]);
      expect(await until(() => stderr() !== '' || child.exitCode !== null, 10_000)).toBe(true);
      expect(stderr()).toContain(`refused: config Cannot send hosts to ${JSON.stringify(address)}: it is no address`);
      expect(stdout()).toBe('');
    },
  );

  test('that it is served at a port sends hosts to that one of loopback, where standalone plugins listen', async () => {
    const { firstLine } = start('hostile-serves-oddly', env, ['elsewhere', ':4711']);
    expect(await firstLine).toBe('1|2|tcp|127.0.0.1:4711|grpc|');
  });
});
