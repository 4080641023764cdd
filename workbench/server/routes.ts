import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GrafanaHost } from '../../scripts/grafana-host.ts';
import { type DataSources, toHostSource, toSettings } from './data-sources.ts';
import { fromPlugin, partsFromPlugin } from './from-plugin.ts';
import { frontendSettings, type PluginMeta, type WorkbenchSettings } from './frontend-settings.ts';
import { HttpError } from './http-error.ts';
import { readIcon } from './icons.ts';
import { answerQueries } from './query-data.ts';
import { asObject, readBody, readJsonObject } from './read-body.ts';
import { sendFile } from './static-files.ts';

/** What the answers are made of. */
export interface Site {
  readonly host: GrafanaHost;
  readonly sources: DataSources;
  readonly meta: PluginMeta;
  /** The plugin's folder, the page's bundle, Grafana's icons. */
  readonly folders: { readonly plugin: string; readonly page: string; readonly icons: string };
  readonly workbench: WorkbenchSettings;
  readonly dashboards: Readonly<Record<string, object>>;
  /** Is told the body of each query request. */
  readonly onQuery: (body: Record<string, unknown>) => void;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What the route's pattern has captured, decoded. */
  readonly parts: readonly string[];
  /** Aborts when the browser goes away. */
  readonly signal: AbortSignal;
}

interface Route {
  /** Default: any. */
  readonly method?: string;
  readonly path: RegExp;
  readonly answer: (site: Site, exchange: Exchange) => Promise<void> | void;
}

/** The part of Grafana's HTTP API that a data source and its editors use, and the page's own files. */
export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/$/,
    answer: ({ folders }, { response }) => sendFile(response, folders.page, 'index.html'),
  },
  { method: 'GET', path: /^\/build\/(.+)$/, answer: ({ folders }, exchange) => sendPart(folders.page, exchange) },
  {
    method: 'GET',
    path: /^\/public\/build\/img\/icons\/(.+)$/,
    answer: ({ folders }, { response, parts: [path = ''] }) =>
      sendText(response, 200, 'image/svg+xml', readIcon(folders.icons, path)),
  },
  {
    method: 'GET',
    path: /^\/public\/plugins\/quiver-sql-datasource\/(.+)$/,
    answer: ({ folders }, exchange) => sendPart(folders.plugin, exchange),
  },
  {
    method: 'GET',
    path: /^\/api\/frontend\/settings$/,
    answer: ({ meta, sources, workbench }, { response }) =>
      sendJson(response, 200, frontendSettings(meta, sources, workbench)),
  },
  { method: 'POST', path: /^\/api\/ds\/query$/, answer: queryData },
  { method: 'GET', path: /^\/api\/datasources\/uid\/([^/]+)$/, answer: readSource },
  { method: 'PUT', path: /^\/api\/datasources\/uid\/([^/]+)$/, answer: saveSource },
  { method: 'GET', path: /^\/api\/datasources\/uid\/([^/]+)\/health$/, answer: checkHealth },
  { path: /^\/api\/datasources\/uid\/([^/]+)\/resources(?:\/(.*))?$/, answer: callResource },
  {
    method: 'GET',
    path: /^\/api\/search$/,
    answer: ({ dashboards }, { response }) => sendJson(response, 200, listOf(dashboards)),
  },
  { method: 'GET', path: /^\/api\/dashboards\/uid\/([^/]+)$/, answer: readDashboard },
];

function sendPart(folder: string, { response, parts: [path = ''] }: Exchange): Promise<void> {
  return sendFile(response, folder, path);
}

async function queryData({ host, sources, onQuery }: Site, { request, response, signal }: Exchange): Promise<void> {
  const body = await readJsonObject(request);
  onQuery(body);
  const answer = await answerQueries(host, sources, body, signal);
  sendText(response, answer.status, json, answer.json);
}

function readSource({ sources, meta }: Site, { response, parts: [uid = ''] }: Exchange): void {
  sendJson(response, 200, toSettings(sources.get(uid), meta.id));
}

async function saveSource({ sources, meta }: Site, { request, response, parts: [uid = ''] }: Exchange): Promise<void> {
  const { name, jsonData, secureJsonData } = await readJsonObject(request);
  const saved = sources.save(uid, {
    ...(typeof name === 'string' && { name }),
    ...(jsonData !== undefined && { jsonData: asObject(jsonData, 'jsonData') }),
    ...(secureJsonData !== undefined && {
      secureJsonData: asObject(secureJsonData, 'secureJsonData') as Record<string, string>,
    }),
  });
  sendJson(response, 200, {
    datasource: toSettings(saved, meta.id),
    id: saved.id,
    message: 'Datasource updated',
    name: saved.name,
  });
}

async function checkHealth({ host, sources }: Site, exchange: Exchange): Promise<void> {
  const { response, signal, parts } = exchange;
  const source = toHostSource(sources.get(parts[0] ?? ''));
  const { isOk, message } = await fromPlugin(host.checkHealth(source, { signal }));
  sendJson(response, isOk ? 200 : 400, { status: isOk ? 'OK' : 'ERROR', message });
}

/** Bodies go on part by part, as they come. */
async function callResource({ host, sources }: Site, exchange: Exchange): Promise<void> {
  const { request, response, url, signal, parts } = exchange;
  const [uid = '', path = ''] = parts;
  const resource = {
    method: request.method ?? 'GET',
    path,
    url: path + url.search,
    headers: request.headersDistinct as Record<string, string[]>,
    body: await readBody(request),
  };
  const source = toHostSource(sources.get(uid));
  for await (const part of partsFromPlugin(host.callResource(source, resource, { signal }))) {
    if (!response.headersSent) {
      response.writeHead(part.status, part.headers as Record<string, string[]>);
    }
    response.write(part.body);
  }
  response.end();
}

function listOf(dashboards: Site['dashboards']): object[] {
  return Object.entries(dashboards).map(([uid, dashboard]) => ({
    uid,
    title: (dashboard as { title?: string }).title ?? uid,
    type: 'dash-db',
  }));
}

function readDashboard({ dashboards }: Site, { response, parts: [uid = ''] }: Exchange): void {
  const dashboard = dashboards[uid];
  if (dashboard === undefined) {
    throw new HttpError(404, `Dashboard not found: ${uid}`);
  }
  sendJson(response, 200, { dashboard, meta: { canEdit: false } });
}

export function sendJson(response: ServerResponse, status: number, value: object): void {
  sendText(response, status, json, JSON.stringify(value));
}

const json = 'application/json; charset=utf-8';

function sendText(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
}
