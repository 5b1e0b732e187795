import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { problemsOf } from './api-description.js';
import { ForgeModel, type Fault } from './forge-model.js';
import { giteaApi } from './forge-gitea.js';
import { githubApi } from './forge-github.js';
import { gitlabApi } from './forge-gitlab.js';
import { findRoute, Refusal, type Api, type Call, type Reply } from './forge-routes.js';
import { serveGit } from './git-server.js';

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
  /** What is wrong with them by the published descriptions of the APIs. */
  readonly problems: string[];
  close(): Promise<void>;
}

const APIS: readonly Api[] = [githubApi, gitlabApi, giteaApi];

/** A local forge: git over HTTP and the three APIs, for requests with the token. */
export async function startForge(root: string, token = 'secret-token-1234'): Promise<TestForge> {
  const model = new ForgeModel(root);
  const recorded: Recorded[] = [];
  const problems: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return { url: `http://${host}`, host, token, model, recorded, problems, close: () => closeServer(server) };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: target = '/' } = request;
    const url = new URL(target, `http://${request.headers.host ?? host}`);
    const api = APIS.find(({ prefix }) => url.pathname.startsWith(`${prefix}/`));
    if (api === undefined) {
      const fault = takeFault(model.faults, `${method} ${url.pathname}`);
      if (fault?.cut === true) return void request.socket.destroy();
      if (fault?.status !== undefined) return void response.writeHead(fault.status).end();
      if (isAllowed(request, token)) return serveGit(root, request, response);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const given = await text(request);
    const body = given === '' ? {} : (JSON.parse(given) as Record<string, unknown>);
    recorded.push({ method, url: url.pathname + url.search, body });
    if (!isAllowed(request, token)) return send(response, { status: 401, body: { message: 'Bad credentials' } });
    const fault = takeFault(model.faults, `${method} ${url.pathname}`);
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    const happens = fault === undefined || fault.effect === true || (fault.status === undefined && fault.cut !== true);
    const reply = happens ? handle(api, method, url, body) : undefined;
    if (fault?.cut === true) return void request.socket.destroy();
    if (fault?.status === undefined) return send(response, reply ?? { status: 500, body: {} });
    const { status, headers = {} } = fault;
    send(response, { status, headers, body: fault.body ?? { message: 'fault' } });
  }

  function handle(api: Api, method: string, { pathname, searchParams: query, origin }: URL, body: Call['body']): Reply {
    const route = findRoute(api, method, pathname.slice(api.prefix.length));
    if (route === undefined) {
      problems.push(`${api.kind}: ${method} ${pathname} is not known here`);
      return { status: 404, body: { message: 'Not Found' } };
    }
    const found = problemsOf(api.kind, route.name, query, body);
    problems.push(...found);
    if (found.length > 0) return { status: 400, body: { message: found.join('; ') } };
    try {
      return route.handle({ model, origin, path: pathname, parts: route.parts, query, body });
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }
}

/** The first fault that applies to the request and is not used up. */
function takeFault(faults: readonly Fault[], request: string): Fault | undefined {
  const fault = faults.find(
    ({ on, times, probability = 1 }) => times > 0 && on.test(request) && Math.random() < probability,
  );
  if (fault !== undefined) fault.times--;
  return fault;
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const { authorization = '' } = headers;
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString().endsWith(`:${token}`);
  return [`token ${token}`, `Bearer ${token}`].includes(authorization);
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
