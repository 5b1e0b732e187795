import type { ForgeKind } from '../../src/bulk/forges/types.js';
import type { ForgeModel, ForgeRepository, ForgeRequest } from './forge-model.js';

/** A request to one of the APIs. */
export interface Call {
  readonly model: ForgeModel;
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  /** As requested, with the prefix of the API. */
  readonly path: string;
  /** Values of the `{parts}` in the route's path. */
  readonly parts: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Api {
  readonly kind: ForgeKind;
  readonly prefix: string;
  /** By method and path as the API's description writes them: `GET /repos/{owner}/{repo}/pulls`. */
  readonly routes: Readonly<Record<string, (call: Call) => Reply>>;
}

export interface Route {
  /** `GET /repos/{owner}/{repo}/pulls` */
  readonly name: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly handle: (call: Call) => Reply;
}

/** @param path without the prefix of the API; a slash within a part is encoded */
export function findRoute({ routes }: Api, method: string, path: string): Route | undefined {
  const given = path.split('/');
  for (const [name, handle] of Object.entries(routes)) {
    const [routeMethod = '', routePath = ''] = name.split(' ');
    const pattern = routePath.split('/');
    if (routeMethod !== method || pattern.length !== given.length) continue;
    const parts: Record<string, string> = {};
    const fits = pattern.every((one, index) => {
      const part = /^\{(.+)\}$/.exec(one)?.[1];
      if (part !== undefined) parts[part] = decodeURIComponent(given[index] ?? '');
      return part === undefined ? one === given[index] : parts[part] !== '';
    });
    if (fits) return { name, parts, handle };
  }
  return undefined;
}

/** Thrown to answer with an error. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`status ${status}`);
  }
}

export function repositoryAt({ model }: Call, path: string): ForgeRepository {
  const found = model.repository(path);
  if (found === undefined) throw new Refusal(404, { message: '404 Not Found' });
  return found;
}

export function requestAt({ model }: Call, path: string, number: string | undefined): ForgeRequest {
  const found = model.request(path, Number(number));
  if (found === undefined) throw new Refusal(404, { message: '404 Not Found' });
  return found;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
  readonly next: number | undefined;
}

/** One page, and the Link header that leads to the others. */
export function page<T>({ query, origin, path }: Call, all: readonly T[], size: string, most: number): Page<T> {
  const number = Math.max(1, Number(query.get('page') ?? 1));
  const length = Math.min(most, Math.max(1, Number(query.get(size) ?? 30)));
  const last = Math.max(1, Math.ceil(all.length / length));
  const link = (to: number, rel: string): string => {
    const url = new URL(origin + path);
    for (const [name, value] of query) url.searchParams.set(name, value);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const next = number < last ? number + 1 : undefined;
  const links = next === undefined ? [] : [link(next, 'next'), link(last, 'last')];
  return {
    items: all.slice((number - 1) * length, number * length),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
    next,
  };
}

export function textOf({ body }: Call, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

export function namesOf({ body }: Call, name: string): readonly string[] {
  const value = body[name];
  return Array.isArray(value) ? value.map(String) : [];
}

export function numbersOf({ body }: Call, name: string): readonly number[] {
  const value = body[name];
  return Array.isArray(value) ? value.map(Number) : [];
}

export function addTo(list: string[], names: readonly string[]): void {
  for (const name of names) if (!list.includes(name)) list.push(name);
}

/** Opens a pull request. @param fields names of the fields in this forge's request body */
export function openRequest(
  call: Call,
  repository: string,
  fields: { readonly branch: string; readonly base: string; readonly body: string },
  isDraft: (title: string) => boolean,
): ReturnType<Call['model']['open']> {
  const field = (name: string): string => textOf(call, name) ?? '';
  const title = field('title');
  return call.model.open(repository, {
    branch: field(fields.branch),
    base: field(fields.base),
    title,
    body: field(fields.body),
    draft: isDraft(title),
  });
}
