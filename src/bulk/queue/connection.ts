import type { RedisOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { UsageError } from '../../files/config/usage-error.js';
import { describeError } from '../../files/disk/errors.js';

/** Options with which BullMQ connects to a Redis, after checking that it answers. @throws UsageError when it does not */
export async function connectionTo(url: string): Promise<RedisOptions> {
  const shown = url.replace(/\/\/[^@/]*@/, '//');
  if (!/^rediss?:\/\//.test(url))
    throw new UsageError(`${shown} is not a queue: expected redis://host:port or rediss://host:port`);
  const probe = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5000 });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    throw new UsageError(`${shown} does not answer: ${describeError(error)}`);
  } finally {
    probe.disconnect();
  }
  return { url, maxRetriesPerRequest: null };
}
