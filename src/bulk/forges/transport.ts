import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from '../git/redact.js';
import type { ForgeAddress } from './types.js';

export interface ForgeOptions {
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Version of dockmod, for the User-Agent. */
  readonly version: string;
  /** Called before a wait that the forge asks for. */
  readonly onWait?: ((seconds: number, reason: string) => void) | undefined;
  /** Receives what the user should know, such as a search with more results than the forge returns. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Longest wait in seconds; a forge that asks for more causes a ForgeError. Default: an hour and a minute. */
  readonly maxWait?: number | undefined;
  /** Pause before the first retry, in milliseconds; it doubles with each. Default: 1000. */
  readonly retryDelay?: number | undefined;
  /** Limit for a request with its answer, in milliseconds. Default: 60,000. */
  readonly timeout?: number | undefined;
  /** Ends every wait and request. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends all requests to a forge. */
export interface Transport {
  readonly host: string;
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly retryDelay: number;
  readonly signal: AbortSignal | undefined;
  /** Delays requests during a pause. It resolves when the whole answer has arrived. */
  readonly fetch: typeof globalThis.fetch;
  /** Holds all requests back for these seconds. @returns false, without a pause, when that exceeds the longest wait */
  pause(seconds: number, reason: string): boolean;
  notice(text: string): void;
}

/** In seconds: GitHub's limit resets every hour. */
const MAX_WAIT = 3660;
const RETRY_DELAY = 1000;
const TIMEOUT = 60_000;
/** Statuses whose answers have no body. */
const EMPTY = [204, 205, 304];

export function openTransport({ host, api }: ForgeAddress, options: ForgeOptions): Transport {
  const { token, signal, maxWait = MAX_WAIT, timeout = TIMEOUT } = options;
  const { origin } = new URL(api);
  let until = 0;

  async function steadyFetch(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    for (let left = until - Date.now(); left > 0; left = until - Date.now()) await sleep(left, undefined, { signal });
    signal?.throwIfAborted();
    const abort = new AbortController();
    const stop = (): void => abort.abort(signal?.reason);
    const timer = setTimeout(() => abort.abort(new Error(`no answer within ${timeout / 1000} s`)), timeout);
    signal?.addEventListener('abort', stop);
    try {
      const sent = isAt(origin, input) ? init : withoutToken(init);
      const answer = await options.fetch(input, { ...sent, signal: abort.signal });
      const { status, statusText, headers } = answer;
      const body = await answer.arrayBuffer();
      const whole = new Response(EMPTY.includes(status) ? null : body, { status, statusText, headers });
      // Octokit's paging reads it.
      return Object.defineProperty(whole, 'url', { value: answer.url });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    host,
    token,
    signal,
    userAgent: `dockmod/${options.version}`,
    retryDelay: options.retryDelay ?? RETRY_DELAY,
    fetch: steadyFetch,
    pause(seconds, reason) {
      if (seconds > maxWait) return false;
      const end = Date.now() + seconds * 1000;
      // Parallel requests are told to wait at the same time: report that once.
      if (seconds > 0 && end > until + 1000)
        options.onWait?.(seconds, redact(reason, token === undefined ? [] : [token]));
      until = Math.max(until, end);
      return true;
    },
    notice: (text) => options.onNotice?.(text),
  };
}

type FetchInput = Parameters<typeof globalThis.fetch>[0];

/** A list names the address of its next page, and that may be anywhere. */
function isAt(origin: string, input: FetchInput): boolean {
  return new URL(input instanceof Request ? input.url : input).origin === origin;
}

/** What `fetch` itself does when a redirect leads to another host. */
function withoutToken(init: RequestInit = {}): RequestInit {
  const headers = new Headers(init.headers);
  headers.delete('authorization');
  return { ...init, headers };
}
