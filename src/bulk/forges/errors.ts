import { redact } from '../git/redact.js';
import { ForgeError } from './types.js';

/** An answer with an error status. */
export interface BadAnswer {
  readonly host: string;
  readonly token: string | undefined;
  readonly status: number;
  /** The forge's own message; may be empty. */
  readonly message: string;
  /** Seconds that the forge asks to wait. */
  readonly wait: number | undefined;
}

interface Asked {
  readonly host: string;
  readonly token: string | undefined;
}

/** Seconds to wait when a forge reports a rate limit without a time. */
const DEFAULT_WAIT = 60;
const MAX_MESSAGE = 300;

export function answerError({ host, token, status, message, wait }: BadAnswer): ForgeError {
  const text = `${host}: ${clean(message, token) || `status ${status}`}`;
  if (isRateLimit(status, message, wait)) {
    const seconds = wait ?? DEFAULT_WAIT;
    return new ForgeError(text, 'rate-limit', seconds);
  }
  if (status === 401 || status === 403)
    return new ForgeError(token === undefined ? `${text}; there is no token for this host` : text, 'denied');
  if (status === 404 || status === 410) return new ForgeError(text, 'not-found');
  return new ForgeError(text, status >= 500 ? 'unavailable' : 'refused', status >= 500 ? wait : undefined);
}

/** For a request without an answer. */
export function noAnswerError(error: unknown, { host, token }: Asked): ForgeError {
  return new ForgeError(`${host}: ${clean(messageOf(error), token)}`, 'unavailable');
}

/** GitHub answers requests that come too fast with 403; a header or the message tells them from other refusals. */
function isRateLimit(status: number, message: string, wait: number | undefined): boolean {
  return status === 429 || (status === 403 && (wait !== undefined || /rate limit|abuse detection/i.test(message)));
}

/** Seconds that a forge asks to wait, from Retry-After (seconds or a date) or the time when a used-up limit resets. */
export function waitOf(headers: Headers, now = Date.now()): number | undefined {
  const after = headers.get('retry-after');
  const seconds = after === null ? undefined : /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - now) / 1000;
  if (seconds !== undefined && !Number.isNaN(seconds)) return Math.max(0, Math.ceil(seconds));
  for (const prefix of ['x-ratelimit', 'ratelimit'])
    if (headers.get(`${prefix}-remaining`) === '0') {
      const reset = Number(headers.get(`${prefix}-reset`));
      if (reset > 0) return Math.max(0, Math.ceil(reset - now / 1000)) + 1;
    }
  return undefined;
}

/** The message of the innermost cause: that of `fetch` itself is just `fetch failed`. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return (inner instanceof Error && messageOf(inner)) || error.message;
}

/** Forges answer `{"message": …}` or `{"error": …}` with a string, list or object; proxies answer with an HTML page, which has no message. */
export function messageIn(body: string): string {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: unknown };
    const said = message ?? error ?? '';
    return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    return /<html|<!doctype/i.test(body) ? '' : body.trim();
  }
}

function clean(message: string, token: string | undefined): string {
  const line = redact(message, token === undefined ? [] : [token])
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}
