import type { Session } from './campaign/session.js';
import type { Executor } from './executor.js';
import type { CampaignState } from './journal/campaign-state.js';
import type { RepositoryStatus } from './journal/types.js';
import type { PlanEntry } from './plan/types.js';

/** Receives the progress of a run. */
export interface Watcher {
  /** More repositories to do; called once by each step of a command. */
  total(count: number): void;
  begin(id: string): void;
  /** @param entry its plan, where the step made or used one */
  done(status: RepositoryStatus, entry: PlanEntry | undefined): void;
}

/** What a command works with while it holds the lock of the campaign. */
export interface CampaignRun {
  readonly session: Session;
  readonly executor: Executor;
  readonly state: CampaignState;
  readonly watcher: Watcher;
}
