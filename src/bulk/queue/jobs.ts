import { createHash, randomUUID } from 'node:crypto';
import type { CampaignInput } from '../campaign/schema.js';
import type { ApplyWork } from '../executor.js';
import type { Repository } from '../forges/types.js';
import type { JournalEvent } from '../journal/types.js';
import type { PlanEntry } from '../plan/types.js';
import type { Signed, Signer } from './signing.js';

/** One queue for all campaigns: a worker takes any job. */
export const QUEUE = 'dockmod';

/** What a worker needs to build the same campaign. */
interface CampaignSource {
  readonly campaign: CampaignInput;
  /** Path of the campaign file on the machine that runs `bulk`. */
  readonly file: string;
}

export interface PlanWork extends CampaignSource {
  readonly kind: 'plan';
  readonly repository: Repository;
}

export interface ApplyingWork extends CampaignSource {
  readonly kind: 'apply';
  readonly work: ApplyWork;
}

export type QueuedWork = PlanWork | ApplyingWork;

/** Work that was put on the queue. */
export interface QueueJob {
  /** Another for each job: progress and results name it, so those of an earlier job don't count for this one. */
  readonly nonce: string;
  /** Milliseconds since 1970. */
  readonly issued: number;
  readonly work: QueuedWork;
}

export type QueueResult = { readonly entry: PlanEntry } | { readonly events: readonly JournalEvent[] };

/** A job in Redis. Nothing in it counts unless it is signed. */
export interface StoredJob {
  readonly job: Signed;
  /** The events so far. They survive the worker; the run that waits for the job writes them to the journal. */
  readonly progress?: Signed;
}

/** A repository of a campaign always has the same job id, so two workers never work on it at once. */
export function jobId(work: QueuedWork): string {
  const { id } = repositoryOf(work);
  return `${work.campaign.name}-${work.kind}-${createHash('sha256').update(id).digest('hex').slice(0, 24)}`;
}

export function repositoryOf(work: QueuedWork): Repository {
  return work.kind === 'plan' ? work.repository : work.work.entry.repository;
}

/** Older jobs are refused, so that one that somebody kept can't be played back for ever. Within that time it does no harm: work is idempotent. */
const MAX_AGE_MS = 24 * 3600 * 1000;

export function newJob(work: QueuedWork, now: Date): QueueJob {
  return { nonce: randomUUID(), issued: now.getTime(), work };
}

/** @throws Error with what to do, when it is not signed with this key, is too old, or does not belong to the id */
export function openJob(signer: Signer, stored: StoredJob, id: string | undefined, now: Date): QueueJob {
  const job = signer.open('job', (stored as StoredJob | undefined)?.job) as QueueJob | undefined;
  if (job === undefined)
    throw new Error('the job is not signed with this key: set the same DOCKMOD_QUEUE_KEY for `bulk` and every worker');
  if (jobId(job.work) !== id) throw new Error('the job was put under the name of another: somebody changed the queue');
  if (now.getTime() - job.issued > MAX_AGE_MS) throw new Error('the job is more than a day old: run the command again');
  return job;
}

/** The events that a worker stored in a job. None when they are not signed for it. */
export function progressOf(signer: Signer, { progress }: StoredJob, nonce: string): readonly JournalEvent[] {
  const known = signer.open('progress', progress) as { nonce: string; events: readonly JournalEvent[] } | undefined;
  return known?.nonce === nonce ? known.events : [];
}

/** @throws Error when it is not signed for this job */
export function resultOf(signer: Signer, stored: unknown, nonce: string): QueueResult {
  const known = signer.open('result', stored) as { nonce: string; result: QueueResult } | undefined;
  if (known?.nonce === nonce) return known.result;
  throw new Error('the result is not signed for this job: set the same DOCKMOD_QUEUE_KEY for `bulk` and every worker');
}

/** Tries of a job, with growing pauses between them. */
export const ATTEMPTS = 5;
export const BACKOFF_MS = 1000;
