import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusalOf } from './check-request.ts';
import { HttpError } from './http-error.ts';
import { routes, type Site, sendJson } from './routes.ts';

export interface Listening {
  readonly url: string;
  /** Ends what is still under way, too. */
  close(): Promise<void>;
}

/** Serves a site on the loopback. @param port 0 for any that is free @throws Error where another program has it */
export async function listen(site: Site, port: number): Promise<Listening> {
  const server = createServer((request, response) => {
    void answer(site, request, response, (server.address() as AddressInfo).port);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening').catch((cause: Error) => {
    throw new Error(`Cannot serve at 127.0.0.1:${port}: ${cause.message}`, { cause });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  // Who has gone needs no answer.
  response.on('error', () => {});
  try {
    const refusal = refusalOf(request.headers, port);
    if (refusal !== undefined) {
      throw new HttpError(403, refusal);
    }
    await dispatch(site, request, response, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) {
      fail(response, error);
    }
  }
}

async function dispatch(site: Site, request: IncomingMessage, response: ServerResponse, signal: AbortSignal) {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  for (const { method, path, answer: respond } of routes) {
    const found = path.exec(url.pathname);
    if (found && (method === undefined || method === request.method)) {
      const parts = found.slice(1).map((part: string | undefined) => decode(part ?? ''));
      await respond(site, { request, response, url, parts, signal });
      return;
    }
  }
  throw new HttpError(404, `Not found: ${request.method} ${url.pathname}`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, `Cannot read the address: ${part} is not encoded rightly`);
  }
}

/** Grafana's shape of an error. What is nobody else's is the workbench's own, whose developer reads the stack. */
function fail(response: ServerResponse, error: unknown): void {
  if (!(error instanceof HttpError)) {
    console.error(error);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.setHeader('connection', 'close');
  if (error instanceof HttpError) {
    sendJson(response, error.status, { message: error.message });
  } else {
    sendJson(response, 500, { message: `The workbench failed: ${error instanceof Error ? error.message : error}` });
  }
}
