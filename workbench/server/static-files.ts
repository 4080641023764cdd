import { createReadStream, existsSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HttpError } from './http-error.ts';

/** What a page may load; a plugin's executable and its libraries are none of it. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.md': 'text/markdown; charset=utf-8',
};

/**
 * Sends a file below a folder.
 *
 * @param path decoded, as the address has it
 * @throws HttpError 404 for all that is not a file of a known type below the folder
 */
export async function sendFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  const file = normalize(join(folder, path));
  const contentType = contentTypes[extname(file)];
  const isBelow = file.startsWith(normalize(folder) + sep) && !path.includes('\0');
  if (!isBelow || contentType === undefined || !existsSync(file) || !statSync(file).isFile()) {
    throw new HttpError(404, `Cannot send ${path}: there is no such file`);
  }
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': statSync(file).size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  await pipeline(createReadStream(file), response);
}
