import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { fixJobs, newJobCaches } from './fix-job.js';
import type { Job, Outcome } from './job.js';
import type { Answer, Request } from './worker.js';

/** Up to this many files are done sooner than a worker starts. */
const FEW = 60;
const BATCH = 8;
/** Limit on batches that are started before their turn, so that memory stays bounded. */
const AHEAD = 16;
/** Without a limit a worker's heap grows before it collects, although one file at a time needs little. */
const LIMITS = { maxYoungGenerationSizeMb: 32 };

const WORKER = new URL('./worker.js', import.meta.url);

/** Runs the jobs and yields their outcomes in the order of the jobs. Many jobs are distributed over worker threads. */
export async function* runJobs(jobs: readonly Job[], threads?: number): AsyncGenerator<readonly [Job, Outcome]> {
  const count = threads ?? Math.min(8, availableParallelism());
  if (jobs.length <= FEW) yield* runHere(jobs.map((job) => [job]));
  else if (count <= 1 || !existsSync(WORKER)) yield* runHere(batchesOf(jobs));
  else yield* runInWorkers(batchesOf(jobs), count);
}

type Batch = readonly Job[];

function batchesOf(jobs: readonly Job[]): readonly Batch[] {
  return Array.from({ length: Math.ceil(jobs.length / BATCH) }, (_, index) =>
    jobs.slice(index * BATCH, (index + 1) * BATCH),
  );
}

async function* runHere(batches: readonly Batch[]): AsyncGenerator<readonly [Job, Outcome]> {
  const caches = newJobCaches();
  for (const batch of batches) yield* withOutcomes(batch, await fixJobs(batch, caches));
}

function* withOutcomes(batch: Batch, outcomes: readonly Outcome[]): Generator<readonly [Job, Outcome]> {
  for (const [at, job] of batch.entries()) {
    const outcome = outcomes[at];
    if (outcome !== undefined) yield [job, outcome];
  }
}

/** Distributes batches over this thread and the workers. */
async function* runInWorkers(batches: readonly Batch[], count: number): AsyncGenerator<readonly [Job, Outcome]> {
  const queue = openQueue(batches);
  const { Worker: Thread } = await import('node:worker_threads');
  const workers = Array.from({ length: count - 1 }, () => new Thread(WORKER, { resourceLimits: LIMITS }));
  for (const worker of workers) feedWorker(worker, queue);
  try {
    for (const [index, batch] of batches.entries()) yield* withOutcomes(batch, await queue.take(index));
  } finally {
    await Promise.allSettled(workers.map((worker) => worker.terminate()));
  }
}

/** Hands out batches and collects their outcomes, both in order. While this thread waits for outcomes, it runs a batch itself. */
interface Queue {
  /** The next batch; undefined when there is none, or none yet. @param again called when there may be one later */
  begin(again?: () => void): Request | undefined;
  finish(index: number, outcomes: readonly Outcome[]): void;
  fail(error: Error): void;
  /** The outcomes of a batch; to be called in the order of the batches. */
  take(index: number): Promise<readonly Outcome[]>;
}

function openQueue(batches: readonly Batch[]): Queue {
  const caches = newJobCaches();
  const answers = new Map<number, readonly Outcome[]>();
  const idle = new Set<() => void>();
  let [next, taken] = [0, 0];
  let failure: Error | undefined;
  let wake = (): void => undefined;

  const begin: Queue['begin'] = (again) => {
    const jobs = batches[next];
    if (jobs === undefined) return undefined;
    if (next - taken < AHEAD) return { index: next++, jobs };
    if (again !== undefined) idle.add(again);
    return undefined;
  };
  return {
    begin,
    finish(index, outcomes) {
      answers.set(index, outcomes);
      wake();
    },
    fail(error) {
      failure ??= error;
      wake();
    },
    async take(index) {
      taken = index;
      for (const again of [...idle]) {
        idle.delete(again);
        again();
      }
      for (;;) {
        const outcomes = answers.get(index);
        answers.delete(index);
        if (outcomes !== undefined) return outcomes;
        if (failure !== undefined) throw failure;
        const own = begin();
        if (own !== undefined) {
          answers.set(own.index, await fixJobs(own.jobs, caches));
          // Now the messages of workers are handled.
          await new Promise((resolve) => setImmediate(resolve));
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

function feedWorker(worker: Worker, queue: Queue): void {
  const feed = (): void => {
    const request = queue.begin(feed);
    if (request !== undefined) worker.postMessage(request);
  };
  worker.on('message', (answer: Answer) => {
    if ('failure' in answer) return queue.fail(new Error(answer.failure));
    feed();
    queue.finish(answer.index, answer.outcomes);
  });
  worker.on('error', (error) => queue.fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => queue.fail(new Error(`a worker ended with ${code}`)));
  // One batch more than it works on: it need not wait for this thread.
  feed();
  feed();
}
