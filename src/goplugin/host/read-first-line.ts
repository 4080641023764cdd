import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

// As much as go-plugin takes for one line (bufio.Scanner's limit, in client.go).
const maxLineLength = 64 * 1024;

export interface FirstLine {
  /** Without its end; cut where it is longer than 64 Ki characters; undefined where the stream ended before any line did. */
  readonly line: Promise<string | undefined>;
  /** As much of it as has come. */
  soFar(): string;
}

/** Reads a stream's first line. What follows is read and dropped, since its writer would come to a halt otherwise. */
export function readFirstLine(stream: Readable): FirstLine {
  const decoder = new StringDecoder('utf8');
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let text = '';
  const read = (chunk: Buffer) => {
    text += decoder.write(chunk);
    const end = text.indexOf('\n');
    if (end >= 0 || text.length >= maxLineLength) {
      stream.off('data', read);
      stream.resume();
      text = text.slice(0, end >= 0 ? end : maxLineLength).replace(/\r$/, '');
      resolve(text);
    }
  };
  stream.on('data', read);
  stream.once('close', () => resolve(undefined));
  return { line: promise, soFar: () => text };
}
