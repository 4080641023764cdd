import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

// As much as go-plugin takes for one line of a plugin (client.go, defaultPluginLogBufferSize).
const maxLineLength = 64 * 1024;

/**
 * Calls back for each line of a stream, without its end, and for a rest without one when the stream ends. A longer line
 * comes in pieces, so that a plugin that never ends its line takes no memory from its host.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine(line.replace(/\r$/, ''));
    }
    while (rest.length >= maxLineLength) {
      onLine(rest.slice(0, maxLineLength));
      rest = rest.slice(maxLineLength);
    }
  });
  stream.once('end', () => {
    rest += decoder.end();
    if (rest !== '') {
      onLine(rest);
    }
  });
}
