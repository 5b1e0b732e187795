import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fixJob, newShared, type Outcome } from './fix-job.js';
import type { Job } from './types.js';
import type { Answer } from './worker.js';

/** Fewer files are done before a worker has started. */
const FEW = 60;
const BATCH = 16;
/** Batches on their way ahead of the one whose turn it is, so that memory stays flat. */
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

/** Batches to be done, and what came of those that are, in order. */
class Queue extends EventEmitter {
  private next = 0;
  private taken = 0;
  private failure: Error | undefined;
  private readonly answers = new Map<number, readonly Outcome[]>();

  constructor(private readonly batches: readonly (readonly Job[])[]) {
    super();
    this.setMaxListeners(0);
  }

  /** The next batch, as soon as it may be begun; undefined when there is none. */
  async begin(): Promise<readonly [number, readonly Job[]] | undefined> {
    while (this.next - this.taken >= AHEAD && this.next < this.batches.length) await once(this, 'change');
    const batch = this.batches[this.next];
    return batch && [this.next++, batch];
  }

  finish(index: number, outcomes: readonly Outcome[]): void {
    this.answers.set(index, outcomes);
    this.emit('change');
  }

  fail(error: Error): void {
    this.failure = error;
    this.emit('change');
  }

  /** The outcomes of the batch whose turn it is. */
  async take(): Promise<readonly Outcome[]> {
    for (;;) {
      const outcomes = this.answers.get(this.taken);
      if (outcomes === undefined && this.failure !== undefined) throw this.failure;
      if (outcomes === undefined) await once(this, 'change');
      else {
        this.answers.delete(this.taken++);
        this.emit('change');
        return outcomes;
      }
    }
  }
}

async function serve(worker: Worker, queue: Queue): Promise<void> {
  try {
    for (let task = await queue.begin(); task !== undefined; task = await queue.begin())
      queue.finish(task[0], await askWorker(worker, task[1]));
  } catch (error) {
    queue.fail(error instanceof Error ? error : new Error(String(error)));
  }
}

async function* runInWorkers(jobs: readonly Job[], count: number): AsyncGenerator<readonly [Job, Outcome]> {
  const batches = Array.from({ length: Math.ceil(jobs.length / BATCH) }, (_, index) =>
    jobs.slice(index * BATCH, (index + 1) * BATCH),
  );
  const queue = new Queue(batches);
  const pool = Array.from({ length: Math.min(count, batches.length) }, () => new Worker(WORKER));
  for (const worker of pool) void serve(worker, queue);
  try {
    for (const batch of batches) {
      const outcomes = await queue.take();
      for (const [at, job] of batch.entries()) {
        const outcome = outcomes[at];
        if (outcome !== undefined) yield [job, outcome];
      }
    }
  } finally {
    await Promise.allSettled(pool.map((worker) => worker.terminate()));
  }
}

/** `removeAllListeners` would take away the worker's own ones, too. */
async function askWorker(worker: Worker, batch: readonly Job[]): Promise<readonly Outcome[]> {
  const ended = new AbortController();
  const { signal } = ended;
  try {
    const message = once(worker, 'message', { signal });
    const exit = once(worker, 'exit', { signal });
    exit.catch(() => undefined);
    worker.postMessage(batch);
    const [answer] = (await Promise.race([message, exit])) as [Answer | number];
    if (typeof answer === 'number') throw new Error(`a worker ended with ${answer}`);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.outcomes;
  } finally {
    ended.abort();
  }
}
