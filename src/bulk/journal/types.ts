import type { Checks, PullRequest } from '../forges/types.js';

/** How far a campaign is with a repository. */
export type RepositoryState =
  /** There is something to push, and nothing is pushed yet. */
  | 'planned'
  /** Nothing to fix. */
  | 'nothing'
  /** Left alone by this plan, for a reason: its head moved and the fixes differ, or the branch has commits of others. */
  | 'skipped'
  /** Something went wrong; the next run tries again. */
  | 'failed'
  /** The branch is pushed: the last state with plain git; with a forge, the pull request is opened next. */
  | 'pushed'
  | 'open'
  | 'merged'
  | 'closed';

/** Something that happened to a repository. The names of events and fields are stored in journals: they must not change. */
export type JournalEvent =
  | {
      readonly event: 'planned';
      readonly head: string;
      readonly files: number;
      /** Fixes by transform. */
      readonly fixes: Readonly<Record<string, number>>;
    }
  | { readonly event: 'nothing'; readonly reason: string }
  | { readonly event: 'skipped'; readonly reason: string }
  | { readonly event: 'failed'; readonly reason: string }
  /** Written before a push: if the run is cut off, a branch at this commit is known to be the campaign's. */
  | { readonly event: 'pushing'; readonly branch: string; readonly commit: string }
  | {
      readonly event: 'pushed';
      readonly branch: string;
      readonly commit: string;
      /** Fingerprint of the plan: a plan with the same fingerprint needs no second push. */
      readonly content: string;
    }
  /** `bulk close` closed the pull request, and deleted the branch if asked to. */
  | { readonly event: 'withdrawn'; readonly reason: string }
  /** The pull request, as the forge shows it at this time. */
  | {
      readonly event: 'pull-request';
      readonly number: number;
      readonly url: string;
      readonly state: PullRequest['state'];
      readonly checks: Checks;
      /** 1-based; undefined where the campaign has no waves. */
      readonly wave: number | undefined;
    };

export type JournalRecord = JournalEvent & {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `id` of the repository. */
  readonly repository: string;
};

/** What the records of a repository say in the end; also printed by `bulk status --format json`. */
export interface RepositoryStatus {
  readonly repository: string;
  readonly state: RepositoryState;
  readonly reason: string | undefined;
  readonly head: string | undefined;
  readonly files: number;
  readonly fixes: Readonly<Record<string, number>>;
  readonly branch: string | undefined;
  /** The commit that was pushed last. */
  readonly commit: string | undefined;
  /** Fingerprint of the plan that was pushed last. */
  readonly content: string | undefined;
  /** Every commit that the campaign pushed, or was about to push, to the branch. */
  readonly intents: readonly string[];
  readonly pullRequest: { readonly number: number; readonly url: string } | undefined;
  /** When the pull request was first seen, ISO 8601. */
  readonly openedAt: string | undefined;
  readonly checks: Checks;
  readonly wave: number | undefined;
  /** Time of its last record, ISO 8601. */
  readonly at: string;
}
