import type { Level } from '../../engine/types.js';
import type { Repository } from '../forges/types.js';

/** A fix that a pull request carries. */
export interface PlannedFix {
  /** Path in the repository. */
  readonly path: string;
  /** 1-based, in the file as it was. */
  readonly line: number;
  readonly transform: string;
  readonly level: Level;
  readonly message: string;
}

/** A place that was left as it is. */
export interface PlannedRefusal extends Omit<PlannedFix, 'message'> {
  readonly code: string;
  readonly reason: string;
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

/** What is to happen to one repository: a line of the plan file. */
export interface PlanEntry {
  readonly repository: Repository;
  /** The branch and commit that the plan was made from; undefined where none could be read. */
  readonly head: { readonly branch: string; readonly commit: string } | undefined;
  /** `fix`: there is something to push. `nothing`: all is well. `skipped`: for the reason given. `failed`: try again. */
  readonly outcome: 'fix' | 'nothing' | 'skipped' | 'failed';
  /** A sentence; undefined only with `fix`. */
  readonly reason: string | undefined;
  /** In order; each builds on the one before. */
  readonly commits: readonly PlannedCommit[];
  /** All files of the repository, as it was against as it will be. */
  readonly diff: string;
  readonly fixes: readonly PlannedFix[];
  readonly leftAlone: readonly PlannedRefusal[];
  /** Files that could not be read or fixed, a sentence each. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}
