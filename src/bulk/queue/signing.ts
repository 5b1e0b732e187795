import { createHmac, timingSafeEqual } from 'node:crypto';
import { UsageError } from '../../files/config/usage-error.js';

/** A value as it is stored in Redis: who can write there but has no key can change neither. */
export interface Signed {
  /** JSON. The signature is over these bytes, so there is one form of it. */
  readonly payload: string;
  /** HMAC-SHA-256 of purpose and payload, in hex. */
  readonly signature: string;
}

/** What a signature is for: one never counts as another. */
export type Purpose = 'job' | 'progress' | 'result';

export interface Signer {
  sign(purpose: Purpose, value: object): Signed;
  /** @returns the parsed payload; undefined when it was not signed with this key for this purpose */
  open(purpose: Purpose, stored: unknown): unknown;
}

/** Shorter keys can be guessed by somebody who reads a job. */
const SHORTEST = 16;

/** @param key that `bulk` and its workers share @throws UsageError when there is none, or it is short */
export function openSigner(key: string | undefined): Signer {
  if (key === undefined || key === '')
    throw new UsageError(
      'a queue needs a key that signs its jobs: set the same DOCKMOD_QUEUE_KEY for `bulk` and every worker, such as the output of `openssl rand -hex 32`',
    );
  if (key.length < SHORTEST)
    throw new UsageError(`DOCKMOD_QUEUE_KEY is too short: it takes ${SHORTEST} characters or more`);
  const hmac = (purpose: Purpose, payload: string): Buffer =>
    createHmac('sha256', key).update(`dockmod ${purpose}\n`).update(payload).digest();
  return {
    sign(purpose, value) {
      const payload = JSON.stringify(value);
      return { payload, signature: hmac(purpose, payload).toString('hex') };
    },
    open(purpose, stored) {
      if (!isSigned(stored)) return undefined;
      const given = Buffer.from(stored.signature, 'hex');
      const expected = hmac(purpose, stored.payload);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return JSON.parse(stored.payload) as unknown;
    },
  };
}

function isSigned(value: unknown): value is Signed {
  const { payload, signature } = (value ?? {}) as Partial<Record<keyof Signed, unknown>>;
  return typeof payload === 'string' && typeof signature === 'string';
}
