import type { Level } from '../engine/types.js';

/** A repository of a campaign. */
export interface Repository {
  /** What it is called in plan, journal and report: `github.com/acme/shop`, or its URL where no forge is known. */
  readonly id: string;
  /** For `git clone`; there are no credentials in it. */
  readonly url: string;
  /** Undefined for plain git: the branch is pushed and nobody is asked to merge it. */
  readonly forge: ForgeAddress | undefined;
  /** `acme/shop`, `group/subgroup/project`; the last two parts of the path where no forge is known. */
  readonly path: string;
  /** Where changes are to be merged; undefined: what HEAD of the remote names. */
  readonly defaultBranch: string | undefined;
}

export type ForgeKind = 'github' | 'gitlab' | 'gitea';

export interface ForgeAddress {
  readonly kind: ForgeKind;
  /** Root of its REST API, without a slash at the end: `https://api.github.com`, `https://git.example.com/api/v1`. */
  readonly api: string;
  /** `github.com`, `git.example.com:3000`. */
  readonly host: string;
}

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

/** Of the checks on a commit together. */
export type Checks = 'green' | 'red' | 'pending' | 'none';

export interface PullRequest {
  /** What people and URLs call it: GitHub's and Gitea's number, GitLab's iid. */
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'merged' | 'closed';
  /** The commit that its branch is at, as far as the forge tells. */
  readonly commit: string | undefined;
  readonly title: string;
  readonly body: string;
}

export interface NewPullRequest {
  /** The branch to be merged. */
  readonly branch: string;
  /** The branch to merge into. */
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

/** What is put on a pull request after it was opened; what the forge does not know of is told, and is no failure. */
export interface Decoration {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
}

/** One place where repositories are looked for; what is given together narrows it down. There is one owner at most. */
export interface ForgeQuery {
  readonly organization?: string | undefined;
  readonly user?: string | undefined;
  /** GitLab: with its subgroups. */
  readonly group?: string | undefined;
  readonly topic?: string | undefined;
  /** In the forge's own search language. */
  readonly search?: string | undefined;
  /** Taken too; left out unless asked for. */
  readonly archived: boolean;
  readonly forks: boolean;
}

/** A forge's REST API, for one host. Methods throw ForgeError. */
export interface Forge {
  readonly address: ForgeAddress;
  list(query: ForgeQuery): AsyncIterable<Repository>;
  /** The open pull request from a branch of the repository itself, not of a fork; else the newest that is done. */
  find(repository: Repository, branch: string): Promise<PullRequest | undefined>;
  /** Opens one; when there is an open one from the branch already, onto whatever base, that one. */
  open(repository: Repository, request: NewPullRequest): Promise<PullRequest>;
  update(
    repository: Repository,
    number: number,
    text: { readonly title: string; readonly body: string },
  ): Promise<void>;
  /** What could not be done, a sentence each. */
  decorate(repository: Repository, number: number, decoration: Decoration): Promise<readonly string[]>;
  /** Closes it, with a comment that says why; one that is not open is left as it is. */
  close(repository: Repository, number: number, comment: string): Promise<void>;
  checks(repository: Repository, commit: string): Promise<Checks>;
}

/** What came back from a forge, in words; no token is ever in it. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  constructor(
    message: string,
    readonly kind:
      /** Wrong or missing token. */
      | 'denied'
      | 'not-found'
      /** The forge asks to wait, for `retryAfter` seconds. */
      | 'rate-limit'
      /** It does not want this request: a branch is protected, a field is wrong. */
      | 'refused'
      /** 5xx, or no answer: it may go well the next time. */
      | 'unavailable',
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

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
