import { Queue, QueueEvents, type Job } from 'bullmq';
import { describeError } from '../../files/disk/errors.js';
import { withoutCredentials } from '../forges/addresses.js';
import type { CampaignInput } from '../campaign/schema.js';
import type { Session } from '../campaign/session.js';
import type { Executor } from '../executor.js';
import type { JournalEvent } from '../journal/types.js';
import { NOTHING_PLANNED } from '../plan/nothing-planned.js';
import type { PlanEntry } from '../plan/types.js';
import { connectionTo } from './connection.js';
import {
  ATTEMPTS,
  BACKOFF_MS,
  jobId,
  newJob,
  openJob,
  progressOf,
  QUEUE,
  resultOf,
  type QueuedWork,
  type QueueJob,
  type QueueResult,
  type StoredJob,
} from './jobs.js';
import type { Signed, Signer } from './signing.js';

/** A job is also checked at this interval, in case the event that announces its end is lost. */
const POLL_MS = 15_000;
const KEEP = { age: 7 * 24 * 3600 };

type CampaignJob = Job<StoredJob, Signed>;
interface Submitted {
  readonly stored: CampaignJob;
  readonly job: QueueJob;
}

/** Lets workers do the work: puts a job for each repository on the queue and waits for it. What comes back counts only when a worker with the key signed it. */
export async function queueExecutor(session: Session, url: string, signer: Signer): Promise<Executor> {
  const connection = await connectionTo(url);
  const queue = new Queue<StoredJob, Signed>(QUEUE, { connection });
  const events = new QueueEvents(QUEUE, { connection });
  await events.waitUntilReady();
  const { campaign, now } = session;
  const source = { campaign: inputForWorkers(campaign.input), file: campaign.file };

  /**
   * Puts a job on the queue. An earlier run may have left one with the same id: a running one is waited for, another is removed.
   * @param leftover receives the events of the job before it is removed
   */
  async function submit(
    work: QueuedWork,
    leftover: (events: readonly JournalEvent[]) => Promise<unknown>,
  ): Promise<Submitted> {
    const id = jobId(work);
    const before = (await queue.getJob(id)) as CampaignJob | undefined;
    if (before !== undefined && (await before.isActive()))
      return { stored: before, job: openJob(signer, before.data, id, now()) };
    if (before !== undefined) {
      await leftover(eventsOf(before));
      await before.remove().catch(() => undefined);
    }
    const job = newJob(work, now());
    const options = { jobId: id, attempts: ATTEMPTS, backoff: { type: 'exponential', delay: BACKOFF_MS } };
    const stored = await queue.add(
      work.kind,
      { job: signer.sign('job', job) },
      { ...options, removeOnComplete: KEEP, removeOnFail: KEEP },
    );
    return { stored, job };
  }

  /** Events of a job that an earlier run left. Its age does not matter: what happened, happened. */
  function eventsOf({ data }: CampaignJob): readonly JournalEvent[] {
    const job = signer.open('job', data.job) as QueueJob | undefined;
    return job === undefined ? [] : progressOf(signer, data, job.nonce);
  }

  async function finish({ stored, job }: Submitted): Promise<QueueResult> {
    for (;;) {
      try {
        return resultOf(signer, await stored.waitUntilFinished(events, POLL_MS), job.nonce);
      } catch (error) {
        const found = (await queue.getJob(stored.id ?? '')) as CampaignJob | undefined;
        if (found === undefined) throw error;
        const state = await found.getState();
        if (state === 'completed') return resultOf(signer, found.returnvalue, job.nonce);
        if (state === 'failed') throw new Error(found.failedReason, { cause: error });
      }
    }
  }

  return {
    async plan(repository): Promise<PlanEntry> {
      try {
        const submitted = await submit({ ...source, kind: 'plan', repository }, () => Promise.resolve());
        const result = await finish(submitted);
        await submitted.stored.remove().catch(() => undefined);
        if ('entry' in result) return result.entry;
        throw new Error('the worker sent no plan: are all workers of the same version?');
      } catch (error) {
        const reason = describeError(error);
        return { repository, head: undefined, outcome: 'failed', reason, ...NOTHING_PLANNED };
      }
    },
    async apply(work, record) {
      const write = async (done: readonly JournalEvent[]): Promise<void> => {
        for (const event of done) await record(event);
      };
      let submitted: Submitted | undefined;
      try {
        submitted = await submit({ ...source, kind: 'apply', work }, write);
        const result = await finish(submitted);
        await write('events' in result ? result.events : []);
      } catch (error) {
        const left = (await queue.getJob(submitted?.stored.id ?? '')) as CampaignJob | undefined;
        if (left !== undefined && submitted !== undefined)
          await write(progressOf(signer, left.data, submitted.job.nonce));
        await record({ event: 'failed', reason: describeError(error) });
      }
      await submitted?.stored.remove().catch(() => undefined);
    },
    async close() {
      await events.close();
      await queue.close();
    },
  };
}

/** Without the credentials that URLs of its sources may hold: who can read the queue would have them. */
function inputForWorkers(input: CampaignInput): CampaignInput {
  const sources = input.sources.map((source) =>
    'git' in source ? { ...source, git: withoutCredentials(source.git) } : source,
  );
  return { ...input, sources };
}
