import { parentPort } from 'node:worker_threads';
import { fixJob, newShared, type Outcome, type Job } from './fix-job.js';

/** A batch for a worker. */
export interface Request {
  readonly index: number;
  readonly jobs: readonly Job[];
}

/** A worker's answer to a batch: outcomes in its order, or why it gave up. */
export type Answer = { readonly index: number; readonly outcomes: readonly Outcome[] } | { readonly failure: string };

const shared = newShared();

parentPort?.on('message', ({ index, jobs }: Request) => {
  runBatch(jobs).then(
    (outcomes) => parentPort?.postMessage({ index, outcomes } satisfies Answer),
    (error: unknown) => parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) }),
  );
});

async function runBatch(jobs: readonly Job[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const job of jobs) outcomes.push(await fixJob(job, shared));
  return outcomes;
}
