import { parentPort } from 'node:worker_threads';
import { describeError } from './disk/errors.js';
import { fixJob, newJobCaches, type Outcome, type Job } from './fix-job.js';

/** A batch of jobs for a worker thread. */
export interface Request {
  readonly index: number;
  readonly jobs: readonly Job[];
}

/** The answer to a batch: outcomes in its order, or the message of an error that ended it. */
export type Answer = { readonly index: number; readonly outcomes: readonly Outcome[] } | { readonly failure: string };

const caches = newJobCaches();

parentPort?.on('message', ({ index, jobs }: Request) => {
  runBatch(jobs).then(
    (outcomes) => parentPort?.postMessage({ index, outcomes } satisfies Answer),
    (error: unknown) => parentPort?.postMessage({ failure: describeError(error) }),
  );
});

async function runBatch(jobs: readonly Job[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const job of jobs) outcomes.push(await fixJob(job, caches));
  return outcomes;
}
