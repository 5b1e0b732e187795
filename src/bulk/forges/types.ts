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
