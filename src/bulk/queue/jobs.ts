import { createHash } from 'node:crypto';
import type { CampaignInput } from '../campaign/schema.js';
import type { ApplyWork } from '../executor.js';
import type { Repository } from '../forges/types.js';
import type { JournalEvent } from '../journal/types.js';
import type { PlanEntry } from '../plan/types.js';

/** One queue for all campaigns: a worker takes what there is. */
export const QUEUE = 'dockmod';

/** What another machine needs to make the same campaign. */
interface Shared {
  readonly campaign: CampaignInput;
  /** The campaign file, for messages. */
  readonly file: string;
}

export interface PlanJob extends Shared {
  readonly kind: 'plan';
  readonly repository: Repository;
}

export interface ApplyJob extends Shared {
  readonly kind: 'apply';
  readonly work: ApplyWork;
  /** What has happened so far: it outlives the worker, and is written to the journal by who waits for the job. */
  readonly events: readonly JournalEvent[];
}

export type QueueJob = PlanJob | ApplyJob;
export type QueueResult = { readonly entry: PlanEntry } | { readonly events: readonly JournalEvent[] };

/** The same repository of a campaign is the same job: so two workers never have it at once. */
export function jobId(campaign: string, kind: QueueJob['kind'], repository: string): string {
  return `${campaign}-${kind}-${createHash('sha256').update(repository).digest('hex').slice(0, 24)}`;
}

/** Tried so often, with back-off between. */
export const ATTEMPTS = 5;
export const BACKOFF_MS = 1000;
