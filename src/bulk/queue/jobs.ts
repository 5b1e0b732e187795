import { createHash } from 'node:crypto';
import type { CampaignInput } from '../campaign/schema.js';
import type { ApplyWork } from '../executor.js';
import type { Repository } from '../forges/types.js';
import type { JournalEvent } from '../journal/types.js';
import type { PlanEntry } from '../plan/types.js';

/** One queue for all campaigns: a worker takes any job. */
export const QUEUE = 'dockmod';

/** What a worker needs to build the same campaign. */
interface CampaignSource {
  readonly campaign: CampaignInput;
  /** Path of the campaign file on the machine that runs `bulk`. */
  readonly file: string;
}

export interface PlanJob extends CampaignSource {
  readonly kind: 'plan';
  readonly repository: Repository;
}

export interface ApplyJob extends CampaignSource {
  readonly kind: 'apply';
  readonly work: ApplyWork;
  /** What happened so far. It survives the worker; the run that waits for the job writes it to the journal. */
  readonly events: readonly JournalEvent[];
}

export type QueueJob = PlanJob | ApplyJob;
export type QueueResult = { readonly entry: PlanEntry } | { readonly events: readonly JournalEvent[] };

/** A repository of a campaign always has the same job id, so two workers never work on it at once. */
export function jobId(campaign: string, kind: QueueJob['kind'], repository: string): string {
  return `${campaign}-${kind}-${createHash('sha256').update(repository).digest('hex').slice(0, 24)}`;
}

/** Tries of a job, with growing pauses between them. */
export const ATTEMPTS = 5;
export const BACKOFF_MS = 1000;
