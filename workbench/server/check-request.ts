import type { IncomingHttpHeaders } from 'node:http';

/**
 * Says why a request must not be answered, or nothing. The server listens on the loopback alone, but every page that a browser of this
 * machine has open can send to it: under a name that somebody has pointed at 127.0.0.1 (Host), or from a foreign page (Origin).
 *
 * @param port the one that this server listens on
 */
export function refusalOf(headers: IncomingHttpHeaders, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (headers.host === undefined || !hosts.includes(headers.host)) {
    return `Cannot answer for the host ${headers.host ?? '(none)'}: this is ${hosts[0]}`;
  }
  if (headers.origin !== undefined && !hosts.map((host) => `http://${host}`).includes(headers.origin)) {
    return `Cannot answer a page of ${headers.origin}: only pages of this server may ask`;
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return `Cannot answer a ${String(site)} request: only pages of this server may ask`;
  }
  return undefined;
}
