import { Queue, UnrecoverableError, Worker, type Job } from 'bullmq';
import { describeError } from '../../files/disk/errors.js';
import { makeCampaign, type Campaign } from '../campaign/load.js';
import type { Session } from '../campaign/session.js';
import { localExecutor, type Executor } from '../executor.js';
import { ForgeError } from '../forges/types.js';
import { nextStatus } from '../journal/repository-status.js';
import type { JournalEvent, RepositoryStatus } from '../journal/types.js';
import { connectionTo } from './connection.js';
import {
  ATTEMPTS,
  openJob,
  progressOf,
  QUEUE,
  repositoryOf,
  type ApplyingWork,
  type PlanWork,
  type QueuedWork,
  type QueueJob,
  type QueueResult,
  type StoredJob,
} from './jobs.js';
import type { Signed, Signer } from './signing.js';
import { admit, type WorkerPlaces } from './worker-places.js';

export interface WorkerOptions {
  /** Jobs at once. */
  readonly concurrency: number;
  /** Holds the key that jobs and results are signed with. */
  readonly signer: Signer;
  /** The hosts and folders that this worker goes to, whatever a job says. */
  readonly places: WorkerPlaces;
  readonly now: () => Date;
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

type CampaignJob = Job<StoredJob, Signed>;

/** Takes jobs off the queue until it is closed. A job that is not signed, or leads to a place that this worker does not know, fails. */
export async function startWorker(url: string, options: WorkerOptions): Promise<RunningWorker> {
  const connection = await connectionTo(url);
  const queue = new Queue(QUEUE, { connection });
  const executors = new Map<string, Promise<Executor>>();
  const { signer, places, now } = options;
  const executorOf = ({ campaign, file }: QueuedWork): Promise<Executor> => {
    const key = JSON.stringify(campaign);
    const known = executors.get(key) ?? open(campaign, file);
    if (executors.size >= MAX_SESSIONS) executors.clear();
    executors.set(key, known);
    return known;
  };
  /** The forges, and so the tokens, are those of this worker. */
  const open = async (input: QueuedWork['campaign'], file: string): Promise<Executor> => {
    const campaign = await makeCampaign(input, file);
    return localExecutor(options.openSession({ ...campaign, forges: places.forges }));
  };

  /** @throws UnrecoverableError for a job that this worker must not do: trying again can't help */
  const accept = (stored: CampaignJob): QueueJob => {
    try {
      const job = openJob(signer, stored.data, stored.id, now());
      return { ...job, work: admitted(job.work, places) };
    } catch (error) {
      throw new UnrecoverableError(describeError(error));
    }
  };

  const work = async (stored: CampaignJob): Promise<Signed> => {
    const job = accept(stored);
    const executor = await executorOf(job.work);
    const last = stored.attemptsMade + 1 >= ATTEMPTS;
    try {
      const result = await (job.work.kind === 'plan'
        ? planJob(executor, job.work, last)
        : applyJob(executor, { stored, job, work: job.work }, { signer, last }));
      return signer.sign('result', { nonce: job.nonce, result });
    } catch (error) {
      if (!(error instanceof ForgeError) || error.kind !== 'rate-limit') throw error;
      // The forge asks everybody to wait, not this worker alone.
      await queue.rateLimit((error.retryAfter ?? 60) * 1000);
      throw Worker.RateLimitError();
    }
  };
  const worker = new Worker<StoredJob, Signed>(QUEUE, work, {
    connection,
    concurrency: options.concurrency,
    // A worker gives no sign of life while it is at a Dockerfile.
    lockDuration: LOCK_MS + 1000 * (options.fileTimeout ?? 0),
    stalledInterval: STALLED_MS,
    maxStalledCount: MAX_STALLED,
  });
  const nameOf = ({ id, name, data }: CampaignJob): string => {
    const job = signer.open('job', data.job) as QueueJob | undefined;
    return `${name} ${job === undefined ? (id ?? '') : repositoryOf(job.work).id}`;
  };
  worker.on('completed', (job) => options.report(nameOf(job)));
  worker.on('failed', (job, error) => job && options.report(`${nameOf(job)}: ${error.message}`));
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return {
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}

function admitted(work: QueuedWork, places: WorkerPlaces): QueuedWork {
  const repository = admit(repositoryOf(work), places);
  if (work.kind === 'plan') return { ...work, repository };
  const { entry } = work.work;
  return { ...work, work: { ...work.work, entry: { ...entry, repository } } };
}

async function planJob(executor: Executor, { repository }: PlanWork, last: boolean): Promise<QueueResult> {
  const entry = await executor.plan(repository);
  if (entry.outcome === 'failed' && !last) throw new Error(entry.reason);
  return { entry };
}

/** Each event is stored in the job before the work goes on, so a worker that takes the job over knows it. */
async function applyJob(
  executor: Executor,
  {
    stored,
    job: { nonce },
    work: { work },
  }: { readonly stored: CampaignJob; readonly job: QueueJob; readonly work: ApplyingWork },
  { signer, last }: { readonly signer: Signer; readonly last: boolean },
): Promise<QueueResult> {
  const { id } = work.entry.repository;
  const events: JournalEvent[] = [...progressOf(signer, stored.data, nonce)];
  let failure: string | undefined;
  const record = async (event: JournalEvent): Promise<void> => {
    failure = event.event === 'failed' ? event.reason : undefined;
    if (failure !== undefined && !last) return;
    events.push(event);
    await stored.updateData({ job: stored.data.job, progress: signer.sign('progress', { nonce, events }) });
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
