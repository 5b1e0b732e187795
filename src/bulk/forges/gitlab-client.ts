import { createRequesterFn, type RequestHandlerFn } from '@gitbeaker/requester-utils';
import { Gitlab } from '@gitbeaker/rest';
import { send } from './http.js';
import type { Transport } from './transport.js';
import type { ForgeAddress } from './types.js';

/**
 * Gitbeaker's resources and types over dockmod's own requests: gitbeaker itself waits a few milliseconds after a 429, whatever the server asks for.
 * The token is sent as Authorization, which a redirect to another host drops.
 */
export function openGitbeaker({ api }: ForgeAddress, transport: Transport): InstanceType<typeof Gitlab> {
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
