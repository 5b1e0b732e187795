import { Queue, QueueEvents, type Job } from 'bullmq';
import { describeError } from '../../files/disk/errors.js';
import type { Session } from '../campaign/session.js';
import type { Executor } from '../executor.js';
import type { JournalEvent } from '../journal/types.js';
import type { PlanEntry } from '../plan/types.js';
import { connectionTo } from './connection.js';
import { ATTEMPTS, BACKOFF_MS, jobId, QUEUE, type ApplyJob, type QueueJob, type QueueResult } from './jobs.js';

/** A job is also checked at this interval, in case the event that announces its end is lost. */
const POLL_MS = 15_000;
const KEEP = { age: 7 * 24 * 3600 };

type CampaignJob = Job<QueueJob, QueueResult>;

/** Lets workers do the work: puts a job for each repository on the queue and waits for it. */
export async function queueExecutor(session: Session, url: string): Promise<Executor> {
  const connection = await connectionTo(url);
  const queue = new Queue<QueueJob, QueueResult>(QUEUE, { connection });
  const events = new QueueEvents(QUEUE, { connection });
  await events.waitUntilReady();
  const { campaign } = session;
  const source = { campaign: campaign.input, file: campaign.file };

  /**
   * Puts a job on the queue. An earlier run may have left one with the same id: a running one is waited for, another is removed.
   * @param leftover receives the job before it is removed
   */
  async function submit(
    data: QueueJob,
    id: string,
    leftover: (job: CampaignJob) => Promise<unknown>,
  ): Promise<CampaignJob> {
    const before = (await queue.getJob(id)) as CampaignJob | undefined;
    if (before !== undefined && (await before.isActive())) return before;
    if (before !== undefined) {
      await leftover(before);
      await before.remove().catch(() => undefined);
    }
    const options = { jobId: id, attempts: ATTEMPTS, backoff: { type: 'exponential', delay: BACKOFF_MS } };
    return await queue.add(data.kind, data, {
      ...options,
      removeOnComplete: KEEP,
      removeOnFail: KEEP,
    });
  }

  async function finish(job: CampaignJob): Promise<QueueResult> {
    for (;;) {
      try {
        return await job.waitUntilFinished(events, POLL_MS);
      } catch (error) {
        const now = (await queue.getJob(job.id ?? '')) as CampaignJob | undefined;
        if (now === undefined) throw error;
        const state = await now.getState();
        if (state === 'completed') return now.returnvalue;
        if (state === 'failed') throw new Error(now.failedReason, { cause: error });
      }
    }
  }

  return {
    async plan(repository): Promise<PlanEntry> {
      const id = jobId(campaign.name, 'plan', repository.id);
      try {
        const job = await submit({ ...source, kind: 'plan', repository }, id, () => Promise.resolve());
        const result = await finish(job);
        await job.remove().catch(() => undefined);
        if ('entry' in result) return result.entry;
        throw new Error('the worker sent no plan: are all workers of the same version?');
      } catch (error) {
        const reason = describeError(error);
        const nothing = { commits: [], diff: '', fixes: [], leftAlone: [], problems: [] };
        return { repository, head: undefined, outcome: 'failed', reason, ...nothing };
      }
    },
    async apply(work, record) {
      const id = jobId(campaign.name, 'apply', work.entry.repository.id);
      const write = async (done: readonly JournalEvent[]): Promise<void> => {
        for (const event of done) await record(event);
      };
      const job = await submit({ ...source, kind: 'apply', work, events: [] }, id, (before) =>
        write((before.data as ApplyJob).events),
      );
      try {
        const result = await finish(job);
        await write('events' in result ? result.events : []);
      } catch (error) {
        const left = (await queue.getJob(id)) as CampaignJob | undefined;
        await write((left?.data as ApplyJob | undefined)?.events ?? []);
        await record({ event: 'failed', reason: describeError(error) });
      }
      await job.remove().catch(() => undefined);
    },
    async close() {
      await events.close();
      await queue.close();
    },
  };
}
