import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from '../git/redact.js';
import type { ForgeAddress } from './types.js';

export interface ForgeOptions {
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Of dockmod, for the User-Agent. */
  readonly version: string;
  /** Told before a wait that a forge asks for. */
  readonly onWait?: ((seconds: number, reason: string) => void) | undefined;
  /** Told what a person should know: a search that finds more than it gives. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** The longest wait that is waited for, in seconds; what asks for more ends in a ForgeError. Default: an hour and a minute. */
  readonly maxWait?: number | undefined;
  /** Before the first retry, in milliseconds; it grows with each. Default: 1000. */
  readonly retryDelay?: number | undefined;
  /** For one request with its answer, in milliseconds. Default: 60,000. */
  readonly timeout?: number | undefined;
  /** Ends every wait and request. */
  readonly signal?: AbortSignal | undefined;
}

/** What all requests to a forge go through. */
export interface Transport {
  readonly host: string;
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly retryDelay: number;
  readonly signal: AbortSignal | undefined;
  /** Holds every request while there is a pause; the answer has come as a whole when it resolves. */
  readonly fetch: typeof globalThis.fetch;
  /** Nothing is sent for so many seconds. False when that is longer than anyone waits: then there is no pause. */
  pause(seconds: number, reason: string): boolean;
  notice(text: string): void;
}

/** GitHub's limit starts anew every hour. */
const MAX_WAIT = 3660;
const RETRY_DELAY = 1000;
const TIMEOUT = 60_000;
/** Statuses whose answers have no body. */
const EMPTY = [204, 205, 304];

export function openTransport({ host }: ForgeAddress, options: ForgeOptions): Transport {
  const { token, signal, maxWait = MAX_WAIT, timeout = TIMEOUT } = options;
  let until = 0;

  async function steadyFetch(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    for (let left = until - Date.now(); left > 0; left = until - Date.now()) await sleep(left, undefined, { signal });
    signal?.throwIfAborted();
    const abort = new AbortController();
    const stop = (): void => abort.abort(signal?.reason);
    const timer = setTimeout(() => abort.abort(new Error(`no answer within ${timeout / 1000} s`)), timeout);
    signal?.addEventListener('abort', stop);
    try {
      const answer = await options.fetch(input, { ...init, signal: abort.signal });
      const { status, statusText, headers } = answer;
      const body = await answer.arrayBuffer();
      const whole = new Response(EMPTY.includes(status) ? null : body, { status, statusText, headers });
      // Octokit's paging looks at it.
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
      // Of all the requests that are told so at once, one is news.
      if (seconds > 0 && end > until + 1000)
        options.onWait?.(seconds, redact(reason, token === undefined ? [] : [token]));
      until = Math.max(until, end);
      return true;
    },
    notice: (text) => options.onNotice?.(text),
  };
}
