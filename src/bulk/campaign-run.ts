import type { Session } from './campaign/session.js';
import type { Executor } from './executor.js';
import type { Book } from './journal/campaign-state.js';
import type { Standing } from './journal/types.js';
import type { PlanEntry } from './plan/types.js';

/** Told of a run as it goes on. */
export interface Watcher {
  total(count: number): void;
  begin(id: string): void;
  /** `entry` is undefined where there is no plan to speak of. */
  done(standing: Standing, entry: PlanEntry | undefined): void;
}

/** What a command has at hand while it holds the campaign. */
export interface CampaignRun {
  readonly session: Session;
  readonly executor: Executor;
  readonly book: Book;
  readonly watcher: Watcher;
}
