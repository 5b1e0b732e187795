import { redact } from '../git/redact.js';
import { ForgeError } from './types.js';

/** An answer that is no success. */
export interface BadAnswer {
  readonly host: string;
  readonly token: string | undefined;
  readonly status: number;
  /** In the forge's words; may be empty. */
  readonly message: string;
  /** Seconds that it asks to wait. */
  readonly wait: number | undefined;
}

interface Asked {
  readonly host: string;
  readonly token: string | undefined;
}

/** Where a limit is spoken of without saying for how long. */
const DEFAULT_WAIT = 60;
const MAX_MESSAGE = 300;

export function answerError({ host, token, status, message, wait }: BadAnswer): ForgeError {
  const text = `${host}: ${clean(message, token) || `status ${status}`}`;
  if (isRateLimit(status, message, wait)) {
    const seconds = wait ?? DEFAULT_WAIT;
    return new ForgeError(text, 'rate-limit', seconds);
  }
  if (status === 401 || status === 403)
    return new ForgeError(token === undefined ? `${text}; there is no token for it` : text, 'denied');
  if (status === 404 || status === 410) return new ForgeError(text, 'not-found');
  return new ForgeError(text, status >= 500 ? 'unavailable' : 'refused', status >= 500 ? wait : undefined);
}

/** There was no answer at all. */
export function noAnswerError(error: unknown, { host, token }: Asked): ForgeError {
  return new ForgeError(`${host}: ${clean(messageOf(error), token)}`, 'unavailable');
}

/** GitHub answers 403 to what comes too fast, and says so in words or in a header. */
function isRateLimit(status: number, message: string, wait: number | undefined): boolean {
  return status === 429 || (status === 403 && (wait !== undefined || /rate limit|abuse detection/i.test(message)));
}

/** Seconds that a forge asks to wait: a number, a date, or the moment at which a used-up limit starts anew. */
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

/** What lies deepest says most: `fetch failed` alone says nothing. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return (inner instanceof Error && messageOf(inner)) || error.message;
}

/** Forges answer `{"message": …}` or `{"error": …}`, with a text, a list or an object in it; proxies answer with a page. */
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
