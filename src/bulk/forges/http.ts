import ky, { HTTPError, TimeoutError, type KyInstance } from 'ky';
import { redact } from '../git/redact.js';
import { ForgeError, type ForgeAddress } from '../types.js';

export interface ForgeOptions {
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
  readonly version: string;
  /** Told before a wait that a forge asked for. */
  readonly onWait?: (seconds: number, reason: string) => void;
  /** Told what a person should know: a search that finds more than it gives. */
  readonly onNotice?: (text: string) => void;
  /** The longest wait that is waited for, in seconds; longer ones are a ForgeError. Default: 300. */
  readonly maxWait?: number;
  /** Before the first retry, in milliseconds; it doubles with each. Default: 1000. */
  readonly retryDelay?: number;
}

export const MAX_WAIT = 300;
const RETRIES = 4;
const TIMEOUT_MS = 60_000;

/** An HTTP client that waits when it is told to, and tries again what can't have had an effect. */
export function openHttp(headers: Readonly<Record<string, string>>, options: ForgeOptions): KyInstance {
  const { maxWait = MAX_WAIT, retryDelay = 1000, onWait } = options;
  return ky.create({
    fetch: options.fetch,
    headers: { ...headers, 'user-agent': `dockmod/${options.version}` },
    timeout: TIMEOUT_MS,
    retry: {
      limit: RETRIES,
      methods: ['get', 'put', 'patch', 'delete', 'post'],
      statusCodes: [429, 500, 502, 503, 504],
      afterStatusCodes: [429, 503],
      delay: (attempt) => retryDelay * 2 ** (attempt - 1),
      shouldRetry: ({ error }) => mayRetry(error, maxWait),
    },
    hooks: {
      beforeRetry: [
        ({ error }) => {
          const seconds = error instanceof HTTPError ? retryAfter(error.response.headers) : undefined;
          if (seconds !== undefined && seconds > 0) onWait?.(seconds, 'the forge asks to wait');
        },
      ],
    },
  });
}

/** What creates something is sent again only when the forge says that it was not looked at. */
function mayRetry(error: Error, maxWait: number): boolean | undefined {
  if (!(error instanceof HTTPError)) return undefined;
  const wait = retryAfter(error.response.headers);
  if (wait !== undefined && wait > maxWait) return false;
  if (error.request.method === 'POST') return error.response.status === 429;
  return undefined;
}

/** Seconds, from a number or a date. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

/** What went wrong, in words. */
export async function httpError(
  error: unknown,
  { host }: ForgeAddress,
  token: string | undefined,
): Promise<ForgeError> {
  if (error instanceof ForgeError) return error;
  if (error instanceof TimeoutError) return new ForgeError(`${host} did not answer in time`, 'unavailable');
  if (!(error instanceof HTTPError)) return statusError({ host, status: 0, message: messageOf(error), token });
  const message = messageIn(await error.response.text().catch(() => ''));
  return statusError({ host, status: error.response.status, message, token, wait: retryAfter(error.response.headers) });
}

export interface Answer {
  readonly host: string;
  /** 0: there was none. */
  readonly status: number;
  readonly message: string;
  readonly token: string | undefined;
  /** Seconds that the forge asks to wait. */
  readonly wait?: number | undefined;
}

export function statusError({ host, status, message, token, wait }: Answer): ForgeError {
  const said = redact(message, token === undefined ? [] : [token]).slice(0, 300);
  const text = `${host}: ${said === '' ? `status ${status}` : said}`;
  if (status === 429 || (status === 403 && (wait !== undefined || /rate limit/i.test(message))))
    return new ForgeError(`${text}; it asks to wait ${wait ?? 60} s`, 'rate-limit', wait ?? 60);
  if (status === 401)
    return new ForgeError(`${text}${token === undefined ? ': there is no token for it' : ''}`, 'denied');
  if (status === 403) return new ForgeError(text, 'denied');
  if (status === 404) return new ForgeError(text, 'not-found');
  return new ForgeError(text, status === 0 || status >= 500 ? 'unavailable' : 'refused');
}

export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return text + cause;
}

/** Forges answer `{"message": …}` or `{"error": …}`, a text or a list. */
function messageIn(body: string): string {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: unknown };
    const said = message ?? error ?? '';
    return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    return /<html|<!doctype/i.test(body) ? '' : body.trim();
  }
}
