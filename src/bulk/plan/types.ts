import type { Level } from '../../engine/levels.js';
import type { Repository } from '../forges/types.js';

/** A fix in a plan. */
export interface PlannedFix {
  /** Path in the repository. */
  readonly path: string;
  /** 1-based, in the file before the fix. */
  readonly line: number;
  readonly transform: string;
  readonly level: Level;
  readonly message: string;
}

/** A place that a transform left alone. */
export interface PlannedRefusal extends Omit<PlannedFix, 'message'> {
  readonly code: string;
  readonly reason: string;
}

export interface PlannedSkip {
  readonly path: string;
  readonly reason: string;
}

export interface PlannedWarning {
  readonly path: string;
  /** 1-based, in the file before the fix. */
  readonly line: number;
  readonly message: string;
}

export interface PlannedFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  /** Object ids of the blobs; `before` is undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
  /** Unified diff, as `git apply` takes it. */
  readonly diff: string;
}

export interface PlannedCommit {
  readonly message: string;
  readonly files: readonly PlannedFile[];
}

/** The plan for one repository: a line of the plan file. */
export interface PlanEntry {
  readonly repository: Repository;
  /** The branch and commit that the plan was made from; undefined where none could be read. */
  readonly head: { readonly branch: string; readonly commit: string } | undefined;
  /** `fix`: there is something to push. `nothing`: nothing to fix. `skipped`: trying again can't help. `failed`: the next run tries again. */
  readonly outcome: 'fix' | 'nothing' | 'skipped' | 'failed';
  /** A sentence; undefined only with `fix`. */
  readonly reason: string | undefined;
  /** In order; each is the parent of the next. */
  readonly commits: readonly PlannedCommit[];
  /** Unified diff of all changed files, over all commits. */
  readonly diff: string;
  readonly fixes: readonly PlannedFix[];
  readonly leftAlone: readonly PlannedRefusal[];
  /** Files that could not be read or fixed, a sentence each. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** Files with the name of a Dockerfile that were not looked into: templates, generated ones, test data, what a configuration excludes. */
  readonly skipped: readonly PlannedSkip[];
  /** What the authors of the files should look at: an ignore comment that is nearly one. */
  readonly warnings: readonly PlannedWarning[];
}
