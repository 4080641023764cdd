import type { HandshakeConfig } from 'quiver-sql-datasource/goplugin';

/** That of go-plugin's examples. */
export const handshake: HandshakeConfig = { magicCookieKey: 'BASIC_PLUGIN', magicCookieValue: 'hello' };

/** What every plugin serves; one of them comes after the others only as a number. */
export const versions: readonly number[] = [1, 2, 9, 10];

/** What Fill answers: byte i is i modulo 251, a prime, so that a piece that is lost or moved shows. */
export function contentOf(byteLength: number): Buffer {
  const content = Buffer.allocUnsafe(byteLength);
  for (let i = 0; i < byteLength; i++) {
    content[i] = i % 251;
  }
  return content;
}
