import { Queue, Worker, type Job } from 'bullmq';
import { makeCampaign, type Campaign } from '../campaign/load.js';
import type { Session } from '../campaign/session.js';
import { localExecutor, type Executor } from '../executor.js';
import { ForgeError } from '../forges/types.js';
import { nextStatus } from '../journal/repository-status.js';
import type { JournalEvent, RepositoryStatus } from '../journal/types.js';
import { connectionTo } from './connection.js';
import { ATTEMPTS, QUEUE, type ApplyJob, type PlanJob, type QueueJob, type QueueResult } from './jobs.js';

export interface WorkerOptions {
  /** Jobs at once. */
  readonly concurrency: number;
  readonly openSession: (campaign: Campaign) => Session;
  /** Seconds that a Dockerfile may take; default: see `Job`. */
  readonly fileTimeout?: number | undefined;
  /** Receives a line for each job that is done. */
  readonly report: (text: string) => void;
}

export interface RunningWorker {
  /** Resolves when the running jobs are done. */
  close(): Promise<void>;
}

/** After this time without a sign of life from a worker, its job goes to another. */
const LOCK_MS = 15_000;
const STALLED_MS = 5_000;
/** A job that lost more workers than this has failed. */
const MAX_STALLED = 20;
/** Campaigns that are kept open; then all of them are dropped. */
const MAX_SESSIONS = 20;

/** Takes jobs off the queue until it is closed. */
export async function startWorker(url: string, options: WorkerOptions): Promise<RunningWorker> {
  const connection = await connectionTo(url);
  const queue = new Queue(QUEUE, { connection });
  const executors = new Map<string, Promise<Executor>>();
  const executorOf = ({ campaign, file }: QueueJob): Promise<Executor> => {
    const key = JSON.stringify(campaign);
    const known =
      executors.get(key) ?? makeCampaign(campaign, file).then((one) => localExecutor(options.openSession(one)));
    if (executors.size >= MAX_SESSIONS) executors.clear();
    executors.set(key, known);
    return known;
  };

  const work = async (job: Job<QueueJob, QueueResult>): Promise<QueueResult> => {
    const executor = await executorOf(job.data);
    const last = job.attemptsMade + 1 >= ATTEMPTS;
    try {
      return await (job.data.kind === 'plan'
        ? planJob(executor, job.data, last)
        : applyJob(executor, job as Job<ApplyJob, QueueResult>, last));
    } catch (error) {
      if (!(error instanceof ForgeError) || error.kind !== 'rate-limit') throw error;
      // The forge asks everybody to wait, not this worker alone.
      await queue.rateLimit((error.retryAfter ?? 60) * 1000);
      throw Worker.RateLimitError();
    }
  };
  const worker = new Worker<QueueJob, QueueResult>(QUEUE, work, {
    connection,
    concurrency: options.concurrency,
    // A worker gives no sign of life while it is at a Dockerfile.
    lockDuration: LOCK_MS + 1000 * (options.fileTimeout ?? 0),
    stalledInterval: STALLED_MS,
    maxStalledCount: MAX_STALLED,
  });
  worker.on('completed', (job) => options.report(`${job.name} ${repositoryOf(job.data)}`));
  worker.on('failed', (job, error) => job && options.report(`${job.name} ${repositoryOf(job.data)}: ${error.message}`));
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return {
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}

async function planJob(executor: Executor, { repository }: PlanJob, last: boolean): Promise<QueueResult> {
  const entry = await executor.plan(repository);
  if (entry.outcome === 'failed' && !last) throw new Error(entry.reason);
  return { entry };
}

/** Each event is stored in the job before the work goes on, so a worker that takes the job over knows it. */
async function applyJob(executor: Executor, job: Job<ApplyJob, QueueResult>, last: boolean): Promise<QueueResult> {
  const { work } = job.data;
  const { id } = work.entry.repository;
  const events: JournalEvent[] = [...job.data.events];
  let failure: string | undefined;
  const record = async (event: JournalEvent): Promise<void> => {
    failure = event.event === 'failed' ? event.reason : undefined;
    if (failure !== undefined && !last) return;
    events.push(event);
    await job.updateData({ ...job.data, events: [...events] });
  };
  await executor.apply({ ...work, status: statusAfter(work.status, id, events) }, record);
  if (failure !== undefined && !last) throw new Error(failure);
  return { events };
}

function statusAfter(
  before: RepositoryStatus | undefined,
  repository: string,
  events: readonly JournalEvent[],
): RepositoryStatus | undefined {
  return events.reduce<RepositoryStatus | undefined>(
    (status, event) => nextStatus(status, { at: status?.at ?? '', repository, ...event }),
    before,
  );
}

function repositoryOf(data: QueueJob): string {
  return data.kind === 'plan' ? data.repository.id : data.work.entry.repository.id;
}
