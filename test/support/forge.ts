import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ForgeModel } from './forge-model.js';
import { giteaApi } from './forge-gitea.js';
import { githubApi } from './forge-github.js';
import { gitlabApi } from './forge-gitlab.js';
import { serveGit } from './git-server.js';

/** A request to one of the APIs. */
export interface Call {
  readonly method: string;
  /** Without the prefix of the API. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An API over the model; undefined: there is no such path. */
export type Api = (model: ForgeModel, call: Call, base: string) => Reply | undefined;

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly body: Record<string, unknown>;
}

export interface TestForge {
  readonly url: string;
  readonly host: string;
  readonly token: string;
  readonly model: ForgeModel;
  /** Every request to an API, in order. */
  readonly recorded: Recorded[];
  close(): Promise<void>;
}

const APIS: Readonly<Record<string, Api>> = { '/api/v3': githubApi, '/api/v4': gitlabApi, '/api/v1': giteaApi };

/** A forge on the loopback: git over HTTP and the three APIs, for whoever has the token. */
export async function startForge(root: string, token = 'secret-token-1234'): Promise<TestForge> {
  const model = new ForgeModel(root);
  const recorded: Recorded[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return { url: `http://${host}`, host, token, model, recorded, close: () => closeServer(server) };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    const [prefix, api] = Object.entries(APIS).find(([path]) => url.pathname.startsWith(`${path}/`)) ?? [];
    if (prefix === undefined || api === undefined) {
      if (isAllowed(request, token)) return serveGit(root, request, response);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const given = await text(request);
    const body = given === '' ? {} : (JSON.parse(given) as Record<string, unknown>);
    recorded.push({ method: request.method ?? '', url: url.pathname + url.search, body });
    if (!isAllowed(request, token)) return send(response, { status: 401, body: { message: 'Bad credentials' } });
    const fault = model.faults.find(({ on, times }) => times > 0 && on.test(`${request.method ?? ''} ${url.pathname}`));
    const call = {
      method: request.method ?? '',
      path: url.pathname.slice(prefix.length),
      query: url.searchParams,
      body,
    };
    if (fault !== undefined) fault.times--;
    if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const reply =
      fault !== undefined && fault.effect !== true && fault.delayMs === undefined
        ? undefined
        : (api(model, call, `${url.origin}${prefix}`) ?? { status: 404, body: { message: 'Not Found' } });
    if (fault?.cut === true) return void request.socket.destroy();
    if (fault?.status !== undefined)
      return send(response, {
        status: fault.status,
        body: fault.body ?? { message: 'fault' },
        headers: fault.headers ?? {},
      });
    send(response, reply ?? { status: 500, body: {} });
  }
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const { authorization = '' } = headers;
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString().endsWith(`:${token}`);
  return [`token ${token}`, `Bearer ${token}`].includes(authorization) || headers['private-token'] === token;
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

/** A page of a list, and the Link header that leads to the next. */
export function page(items: readonly unknown[], { query, path }: Call, base: string, size: string): Reply {
  const per = Number(query.get(size) ?? 30);
  const number = Number(query.get('page') ?? 1);
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  const more = items.length > number * per;
  return {
    status: 200,
    body: items.slice((number - 1) * per, number * per),
    headers: more ? { link: `<${base}${path}?${next.toString()}>; rel="next"` } : {},
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
