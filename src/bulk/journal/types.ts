import type { Checks, PullRequest } from '../forges/types.js';

/** Where a repository stands in a campaign. */
export type RepositoryState =
  /** There is a plan, nothing is pushed. */
  | 'planned'
  /** Nothing to fix. */
  | 'nothing'
  /** Left alone for good, for a reason: its head moved and the fixes differ, foreign commits, closed by a person. */
  | 'skipped'
  /** Something went wrong; the next run tries again. */
  | 'failed'
  /** The branch is there; with plain git that is the end, else the pull request is still to come. */
  | 'pushed'
  | 'open'
  | 'merged'
  | 'closed';

/** Says what has happened to a repository; a line of the journal. */
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
  /** About to be pushed: should the run end here, a branch at this commit is known to be ours. */
  | { readonly event: 'pushing'; readonly branch: string; readonly commit: string }
  | {
      readonly event: 'pushed';
      readonly branch: string;
      readonly commit: string;
      /** Names what the commits change, whatever they are based on: two plans with the same are not pushed twice. */
      readonly content: string;
    }
  /** The campaign has taken its branch back. */
  | { readonly event: 'withdrawn'; readonly reason: string }
  /** The pull request, as it was seen just now. */
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

/** What the records of a repository come to. */
export interface Standing {
  readonly repository: string;
  readonly state: RepositoryState;
  readonly reason: string | undefined;
  readonly head: string | undefined;
  readonly files: number;
  readonly fixes: Readonly<Record<string, number>>;
  readonly branch: string | undefined;
  /** The commit that was pushed last. */
  readonly commit: string | undefined;
  readonly content: string | undefined;
  /** Every commit that was, or may have been, pushed to the branch. */
  readonly intents: readonly string[];
  readonly pullRequest: { readonly number: number; readonly url: string } | undefined;
  /** When the pull request was first seen, ISO 8601. */
  readonly openedAt: string | undefined;
  readonly checks: Checks;
  readonly wave: number | undefined;
  /** When its state was last written, ISO 8601. */
  readonly at: string;
}
