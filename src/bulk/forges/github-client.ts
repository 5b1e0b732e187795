import { Octokit, RequestError } from 'octokit';
import { answerError, noAnswerError, waitOf } from './errors.js';
import type { Transport } from './transport.js';
import type { ForgeAddress } from './types.js';

/** A request that is told to wait more often fails. */
const MAX_WAITS = 5;
/** The retry plug-in repeats no 4xx; a 429 is left to the throttling plug-in. */
const REFUSALS = Array.from({ length: 100 }, (_, index) => 400 + index);

/**
 * Octokit with its throttling and retry plug-ins; it throws ForgeErrors. A POST is sent once, unless the call passes `request: REPEATABLE`.
 */
export function openOctokit(address: ForgeAddress, transport: Transport): Octokit {
  const { host, token, retryDelay } = transport;
  const mayWait =
    (reason: string) =>
    (seconds: number, _request: unknown, _octokit: unknown, waits: number): boolean =>
      waits < MAX_WAITS && transport.pause(seconds, reason);
  const octokit = new Octokit({
    auth: token,
    baseUrl: address.api,
    userAgent: transport.userAgent,
    request: { fetch: transport.fetch },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    retry: { retryAfterBaseValue: retryDelay, doNotRetry: REFUSALS },
    throttle: {
      id: host,
      onRateLimit: mayWait('the limit of requests is reached'),
      onSecondaryRateLimit: mayWait('requests come too fast'),
      ...(isHosted(address) ? {} : NO_PACING),
    },
  });
  octokit.hook.before('request', (options) => {
    if (options.method === 'POST') options.request.retries ??= 0;
  });
  octokit.hook.error('request', (error) => {
    transport.signal?.throwIfAborted();
    throw forgeError(error, { host, token });
  });
  octokit.hook.wrap('request', (request, options) => untilAborted(transport.signal, async () => request(options)));
  return octokit;
}

/** The plug-ins ignore abort signals: on abort this rejects at once, and the plug-in's wait ends unheard. */
async function untilAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) return work();
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** For a POST that has the same effect when it is sent twice. */
export const REPEATABLE = { retries: 3 } as const;

const nothing = (): undefined => undefined;

/** github.com wants a second between writes, and three seconds between those that notify people. */
function isHosted({ api }: ForgeAddress): boolean {
  return /^https:\/\/api\.(?:github\.com|[\w-]+\.ghe\.com)$/.test(api);
}

/** Enterprise Server has no such limits unless its administrator sets them; then its answers say when to wait. */
const UNPACED = {
  key: () => ({
    schedule: (_options: unknown, work: (...args: unknown[]) => unknown, ...args: unknown[]) => work(...args),
  }),
} as never;
const NO_PACING = { write: UNPACED, search: UNPACED, notifications: UNPACED };

function forgeError(error: unknown, { host, token }: Pick<Transport, 'host' | 'token'>): Error {
  if (!(error instanceof RequestError) || error.response === undefined) return noAnswerError(error, { host, token });
  const { status, message, response } = error;
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as [string, string]);
  const said = message.replace(/ - https:\/\/docs\.github\.com\/\S*$/, '');
  return answerError({ host, token, status, message: said, wait: waitOf(new Headers(headers)) });
}
