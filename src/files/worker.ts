import { parentPort } from 'node:worker_threads';
import { fixJob, newShared, type Outcome } from './fix-job.js';
import type { Job } from './types.js';

/** A worker's answer to a batch: outcomes in its order, or why it gave up. */
export type Answer = { readonly outcomes: readonly Outcome[] } | { readonly failure: string };

const shared = newShared();

parentPort?.on('message', (jobs: readonly Job[]) => {
  answer(jobs).then(
    (message) => parentPort?.postMessage(message),
    (error: unknown) => parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer(jobs: readonly Job[]): Promise<Answer> {
  const outcomes: Outcome[] = [];
  for (const job of jobs) outcomes.push(await fixJob(job, shared));
  return { outcomes };
}
