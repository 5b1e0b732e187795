import { parentPort } from 'node:worker_threads';
import { describeError } from './disk/errors.js';
import { fixJobs, newJobCaches } from './fix-job.js';
import type { Job, Outcome } from './job.js';

/** A batch of jobs for a worker thread. */
export interface Request {
  readonly index: number;
  readonly jobs: readonly Job[];
}

/** The answer to a batch: outcomes in its order, or the message of an error that ended it. */
export type Answer = { readonly index: number; readonly outcomes: readonly Outcome[] } | { readonly failure: string };

const caches = newJobCaches();

parentPort?.on('message', ({ index, jobs }: Request) => {
  fixJobs(jobs, caches).then(
    (outcomes) => parentPort?.postMessage({ index, outcomes } satisfies Answer),
    (error: unknown) => parentPort?.postMessage({ failure: describeError(error) }),
  );
});
