/** A repository of a campaign. */
export interface Repository {
  /** Its name in plan, journal and report: `github.com/acme/shop`; without a forge, its URL, or its path for a folder. */
  readonly id: string;
  /** For `git clone`, without credentials. */
  readonly url: string;
  /** Undefined for plain git: then the branch is pushed without a pull request. */
  readonly forge: ForgeAddress | undefined;
  /** `acme/shop`, `group/subgroup/project`; without a forge, the last two parts of the path. */
  readonly path: string;
  /** As the forge lists it; undefined when the repository was not listed by one. */
  readonly defaultBranch: string | undefined;
  /** The campaign's URL names a user: git gets that user's credentials, and no token. */
  readonly ownUser?: true;
}

export type ForgeKind = 'github' | 'gitlab' | 'gitea';

export interface ForgeAddress {
  readonly kind: ForgeKind;
  /** Root of its REST API without a trailing slash: `https://api.github.com`, `https://git.example.com/api/v1`. */
  readonly api: string;
  /** `github.com`, `git.example.com:3000`. */
  readonly host: string;
  /** Its token may go over plain http, to another machine as well. */
  readonly allowHttp?: boolean;
}

/** Combined state of the checks on a commit. */
export type Checks = 'green' | 'red' | 'pending' | 'none';

export interface PullRequest {
  /** The number in its URL: GitLab's `iid`. */
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'merged' | 'closed';
  /** Head commit of its branch; undefined when the forge does not say. */
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

/** Added to a pull request after it was opened. A name that the forge does not accept is reported, but is not an error. */
export interface Decoration {
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
}

/** Which repositories to list. Conditions given together must all hold. At most one owner (organization, user or group) is allowed. */
export interface ForgeQuery {
  readonly organization?: string | undefined;
  readonly user?: string | undefined;
  /** GitLab: with its subgroups. */
  readonly group?: string | undefined;
  readonly topic?: string | undefined;
  /** In the forge's own search language. */
  readonly search?: string | undefined;
  /** Also list these; they are left out otherwise. */
  readonly archived: boolean;
  readonly forks: boolean;
}

/** A forge's REST API, for one host. Methods throw ForgeError. */
export interface Forge {
  readonly address: ForgeAddress;
  list(query: ForgeQuery): AsyncIterable<Repository>;
  /** The open pull request from a branch of the repository itself (not of a fork), else the newest closed or merged one. */
  find(repository: Repository, branch: string): Promise<PullRequest | undefined>;
  /** Opens a pull request, or returns the open one from that branch, whatever its base. */
  open(repository: Repository, request: NewPullRequest): Promise<PullRequest>;
  update(
    repository: Repository,
    number: number,
    text: { readonly title: string; readonly body: string },
  ): Promise<void>;
  /** @returns a sentence for each name that could not be added */
  decorate(repository: Repository, number: number, decoration: Decoration): Promise<readonly string[]>;
  /** Closes a pull request with a comment (none if empty); does nothing when it is not open. */
  close(repository: Repository, number: number, comment: string): Promise<void>;
  checks(repository: Repository, commit: string): Promise<Checks>;
}

/** A failed request to a forge. The message contains no token. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  constructor(
    message: string,
    readonly kind:
      /** Wrong or missing token. */
      | 'denied'
      | 'not-found'
      /** The forge asks to wait `retryAfter` seconds. */
      | 'rate-limit'
      /** The forge rejects this request: a branch is protected, a field is wrong. */
      | 'refused'
      /** 5xx or no answer: trying again may help. */
      | 'unavailable',
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}
