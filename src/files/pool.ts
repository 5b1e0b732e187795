import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fixJob, newShared, type Outcome } from './fix-job.js';
import type { Job } from './types.js';
import type { Answer, Request } from './worker.js';

/** Fewer files are done before a worker has started. */
const FEW = 60;
const BATCH = 16;
/** Batches given out ahead of the one whose turn it is, so that memory stays flat. */
const AHEAD = 24;

const WORKER = new URL('./worker.js', import.meta.url);

/** Runs the jobs and gives their outcomes in the order of the jobs. Many jobs are shared out to worker threads. */
export async function* runJobs(jobs: readonly Job[], threads?: number): AsyncGenerator<readonly [Job, Outcome]> {
  const count = threads ?? Math.min(8, availableParallelism());
  if (jobs.length <= FEW || count <= 1 || !existsSync(WORKER)) yield* runHere(jobs);
  else yield* runInWorkers(jobs, count);
}

async function* runHere(jobs: readonly Job[]): AsyncGenerator<readonly [Job, Outcome]> {
  const shared = newShared();
  for (const job of jobs) yield [job, await fixJob(job, shared)];
}

/** Hands out batches to whichever worker is free; the outcomes come in the order of the jobs. */
async function* runInWorkers(jobs: readonly Job[], count: number): AsyncGenerator<readonly [Job, Outcome]> {
  const batches = Array.from({ length: Math.ceil(jobs.length / BATCH) }, (_, index) =>
    jobs.slice(index * BATCH, (index + 1) * BATCH),
  );
  const pool = startPool(batches, Math.min(count, batches.length));
  try {
    for (const [index, batch] of batches.entries()) {
      const outcomes = await pool.take(index);
      for (const [at, job] of batch.entries()) {
        const outcome = outcomes[at];
        if (outcome !== undefined) yield [job, outcome];
      }
    }
  } finally {
    await pool.stop();
  }
}

interface Pool {
  /** The outcomes of a batch; to be asked for in order. */
  take(index: number): Promise<readonly Outcome[]>;
  stop(): Promise<void>;
}

function startPool(batches: readonly (readonly Job[])[], count: number): Pool {
  const answers = new Map<number, readonly Outcome[]>();
  const idle = new Set<Worker>();
  let next = 0;
  let taken = 0;
  let failure: Error | undefined;
  let wake = (): void => undefined;

  const feed = (worker: Worker): void => {
    idle.delete(worker);
    if (next >= batches.length) return;
    if (next - taken >= AHEAD) idle.add(worker);
    else worker.postMessage({ index: next, jobs: batches[next++] } as Request);
  };
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(WORKER);
    worker.on('message', (answer: Answer) => {
      if ('failure' in answer) return fail(new Error(answer.failure));
      answers.set(answer.index, answer.outcomes);
      feed(worker);
      wake();
    });
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => fail(new Error(`a worker ended with ${code}`)));
    feed(worker);
    return worker;
  });
  return {
    async take(index) {
      taken = index;
      for (const worker of [...idle]) feed(worker);
      for (;;) {
        const outcomes = answers.get(index);
        if (outcomes !== undefined) {
          answers.delete(index);
          return outcomes;
        }
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async stop() {
      await Promise.allSettled(workers.map((worker) => worker.terminate()));
    },
  };
}
