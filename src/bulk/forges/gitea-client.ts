import { send, type HttpAnswer, type HttpRequest } from './http.js';
import type { Transport } from './transport.js';
import type { ForgeAddress } from './types.js';

type Query = Readonly<Record<string, string | number | boolean>>;

export interface GiteaClient {
  get(path: string, query?: Query): Promise<unknown>;
  /** All pages, one in memory at a time. */
  pages(path: string, query?: Query): AsyncGenerator;
  write(method: 'POST' | 'PATCH', path: string, json: unknown, how?: Pick<HttpRequest, 'repeatable'>): Promise<unknown>;
}

/** The usual maximum of an instance, which silently lowers larger values. */
const PAGE = 50;

export function openGiteaClient({ api }: ForgeAddress, transport: Transport): GiteaClient {
  const { token } = transport;
  const headers = token === undefined ? {} : { authorization: `token ${token}` };

  function load(path: string, query: Query): Promise<HttpAnswer> {
    const url = new URL(api + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return send(transport, { method: 'GET', url, headers });
  }

  return {
    get: async (path, query = {}) => (await load(path, query)).body,
    async *pages(path, query = {}) {
      for (let page = 1; ; page++) {
        const { body, headers: told } = await load(path, { ...query, page, limit: PAGE });
        const items = itemsOf(body);
        yield* items;
        if (items.length === 0 || !hasNext(told.get('link'), items.length)) return;
      }
    },
    async write(method, path, json, how = {}) {
      const { body } = await send(transport, { method, url: new URL(api + path), headers, json, ...how });
      return body;
    },
  };
}

/** The list in an answer: the body itself, or its `data` or `statuses`; null is an empty list. */
function itemsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  const { data, statuses } = (body ?? {}) as { data?: unknown; statuses?: unknown };
  const items = data ?? statuses;
  return Array.isArray(items) ? items : [];
}

/** Without a Link header, a full page means that there may be another. */
function hasNext(link: string | null, count: number): boolean {
  return link === null ? count >= PAGE : /rel="?next/.test(link);
}
