import { setTimeout as sleep } from 'node:timers/promises';
import { RETRIES } from './http.js';
import type { Transport } from './transport.js';
import { ForgeError } from './types.js';

/**
 * Creates something once. A request without an answer may have created it anyway, and a refusal may mean that it exists: so each try looks for it
 * first.
 * @param look finds it when it exists
 * @throws ForgeError
 */
export async function createOnce<T>(
  { retryDelay, signal }: Transport,
  look: () => Promise<T | undefined>,
  create: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const there = await look();
    if (there !== undefined) return there;
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      if (error.kind === 'refused') return (await look()) ?? raise(error);
      if (error.kind !== 'unavailable' || attempt >= RETRIES) throw error;
    }
    await sleep(retryDelay * 2 ** attempt, undefined, { signal });
  }
}

function raise(error: Error): never {
  throw error;
}
