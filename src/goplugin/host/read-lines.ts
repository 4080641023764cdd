import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

// As much as go-plugin takes for one line of a plugin (client.go, defaultPluginLogBufferSize).
const maxLineLength = 64 * 1024;

/** `isPiece` tells of a line that is longer than 64 Ki characters: this is not the whole of it. */
export type LineListener = (line: string, isPiece: boolean) => void;

/**
 * Calls back for each line of a stream, without its end, and for a rest without one when the stream closes. A longer line
 * comes in pieces, so that a plugin that never ends its line takes no memory from its host.
 */
export function readLines(stream: Readable, onLine: LineListener): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let restIsPiece = false;
  const end = (line: string) => {
    onLine(line.replace(/\r$/, ''), restIsPiece);
    restIsPiece = false;
  };
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(end);
    while (rest.length >= maxLineLength) {
      restIsPiece = true;
      onLine(rest.slice(0, maxLineLength), true);
      rest = rest.slice(maxLineLength);
    }
  });
  stream.once('close', () => {
    rest += decoder.end();
    if (rest !== '') {
      end(rest);
    }
  });
}
