import { createRequesterFn, type RequestHandlerFn } from '@gitbeaker/requester-utils';
import { Gitlab } from '@gitbeaker/rest';
import { send } from './http.js';
import type { Transport } from './transport.js';
import type { ForgeAddress } from './types.js';

export type Gitbeaker = InstanceType<typeof Gitlab>;

/**
 * Gitbeaker's resources and types over dockmod's own requests: gitbeaker itself waits a few milliseconds after a 429, whatever the server asks for.
 * The token is sent as Authorization, which a redirect to another host drops.
 */
export function openGitbeaker({ api }: ForgeAddress, transport: Transport): Gitbeaker {
  const { token } = transport;
  return new Gitlab({
    host: api.replace(/\/api\/v4$/, ''),
    oauthToken: token ?? '',
    queryTimeout: null,
    requesterFn: createRequesterFn((_, request) => Promise.resolve(request), requestHandler(transport)),
  });
}

interface GitbeakerRequest {
  readonly prefixUrl?: string;
  readonly searchParams?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function requestHandler(transport: Transport): RequestHandlerFn {
  return async (endpoint, request = {}) => {
    const { prefixUrl = '', searchParams = '', method = 'GET', headers = {}, body } = request as GitbeakerRequest;
    const url = new URL(endpoint, prefixUrl.endsWith('/') ? prefixUrl : `${prefixUrl}/`);
    url.search = searchParams;
    const { authorization, ...others } = headers;
    const answer = await send(transport, {
      method,
      url,
      headers: transport.token === undefined ? others : { ...others, authorization: authorization ?? '' },
      ...(body === undefined ? {} : { json: JSON.parse(body) as unknown }),
    });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: answer.body as Record<string, unknown>,
    };
  };
}

export const PAGE_SIZE = 100;

export interface Paging {
  readonly perPage: number;
  readonly page: number;
  readonly maxPages: number;
  readonly showExpanded: true;
}

export type Page = Promise<{
  readonly data: readonly unknown[];
  readonly paginationInfo: { readonly next: number | null };
}>;

/** The items of all pages, with one page in memory at a time. */
export async function* pages(load: (paging: Paging) => Page): AsyncGenerator {
  for (let page: number | null = 1; page !== null;) {
    const answer: Awaited<Page> = await load({
      perPage: PAGE_SIZE,
      page,
      maxPages: 1,
      showExpanded: true,
    });
    yield* answer.data;
    page = answer.paginationInfo.next;
  }
}
