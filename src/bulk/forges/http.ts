import { setTimeout as sleep } from 'node:timers/promises';
import { answerError, messageIn, noAnswerError, waitOf } from './errors.js';
import type { Transport } from './transport.js';
import type { ForgeError } from './types.js';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A POST that has the same effect when it is sent twice, so it may be retried. */
  readonly repeatable?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or a text. */
  readonly body: unknown;
}

/** Tries after the first one; the pause doubles each time. */
export const RETRIES = 4;

/**
 * Sends a request, waits when the forge asks to, and retries when that may help. A POST is sent once, since it may have worked even without an
 * answer.
 * @throws ForgeError
 */
export async function send(transport: Transport, request: HttpRequest): Promise<HttpAnswer> {
  const once = request.method === 'POST' && request.repeatable !== true;
  for (let attempt = 0; ; attempt++) {
    const { answer, error, wait } = await trySend(transport, request);
    if (error === undefined) return answer;
    const asked = error.kind === 'rate-limit' || (wait !== undefined && !once);
    const again = asked || (error.kind === 'unavailable' && !once);
    if (!again || attempt >= RETRIES) throw error;
    if (!asked) await sleep(transport.retryDelay * 2 ** attempt, undefined, { signal: transport.signal });
    else if (!transport.pause(wait ?? error.retryAfter ?? 0, error.message)) throw error;
  }
}

type Tried =
  | { readonly answer: HttpAnswer; readonly error?: undefined; readonly wait?: undefined }
  | { readonly answer?: undefined; readonly error: ForgeError; readonly wait: number | undefined };

async function trySend(transport: Transport, { method, url, headers, json }: HttpRequest): Promise<Tried> {
  const { host, token } = transport;
  let answer: Response;
  try {
    answer = await transport.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'user-agent': transport.userAgent,
        ...headers,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      // fetch would repeat a redirected write as a GET.
      redirect: method === 'GET' ? 'follow' : 'manual',
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  } catch (error) {
    transport.signal?.throwIfAborted();
    return { error: noAnswerError(error, transport), wait: undefined };
  }
  const text = await answer.text();
  if (answer.ok) return { answer: { status: answer.status, headers: answer.headers, body: parse(text) } };
  const wait = waitOf(answer.headers);
  const message = answer.status >= 300 && answer.status < 400 ? movedMessage(answer) : messageIn(text);
  return { error: answerError({ host, token, status: answer.status, message, wait }), wait };
}

function movedMessage({ headers }: Response): string {
  return `it has moved to ${headers.get('location') ?? 'another place'}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
