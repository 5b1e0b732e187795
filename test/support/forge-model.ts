import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './repositories.js';

/** A repository of the forge: a bare one on the disk, at the root, its path and `.git`. */
export interface ForgeRepository {
  /** `acme/shop` */
  readonly path: string;
  readonly archived?: boolean;
  readonly fork?: boolean;
  readonly private?: boolean;
  readonly topics?: readonly string[];
  readonly defaultBranch?: string;
}

export interface ForgeRequest {
  readonly number: number;
  readonly repository: string;
  /** The repository of its branch. */
  readonly from: string;
  readonly branch: string;
  readonly base: string;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  draft: boolean;
  /** The last known commit of its branch. */
  commit: string;
  readonly labels: string[];
  readonly reviewers: string[];
  readonly assignees: string[];
  readonly comments: string[];
}

/** An error that the forge makes, a given number of times. */
export interface Fault {
  /** `POST /api/v3/repos/acme/shop/pulls` */
  readonly on: RegExp;
  times: number;
  /** Probability for each request, from 0 to 1; default: 1. */
  readonly probability?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The request has its effect although the answer is an error. */
  readonly effect?: boolean;
  /** The connection is cut instead of an answer. */
  readonly cut?: boolean;
  readonly delayMs?: number;
}

export type CheckColour = 'green' | 'red' | 'pending';

export interface ForgeCheck {
  readonly colour: CheckColour;
  /** `run`: by the forge's own runner. `status`: posted by another service. `merged`: on the commit with which GitLab merges request and base. */
  readonly by: 'run' | 'status' | 'merged';
}

/** The data of a forge, for all three APIs. */
export class ForgeModel {
  readonly repositories: ForgeRepository[] = [];
  readonly requests: ForgeRequest[] = [];
  readonly faults: Fault[] = [];
  /** By commit. */
  readonly checks = new Map<string, CheckColour | readonly ForgeCheck[]>();
  /** For commits that are not in `checks`. */
  defaultChecks: CheckColour | undefined;
  /** The token belongs to the first one. */
  readonly users = new Map([
    ['alice', 1],
    ['bob', 2],
  ]);
  readonly labels = new Map([
    ['docker', 11],
    ['bot', 12],
  ]);
  /** As in GitLab's free edition: one reviewer and one assignee for each request. */
  onePerson = false;
  /** As with a fine-grained token on GitHub. */
  hidesCheckRuns = false;

  constructor(readonly root: string) {}

  get me(): string {
    return [...this.users.keys()][0] ?? '';
  }

  repository(path: string): ForgeRepository | undefined {
    return this.repositories.find((one) => one.path === path || String(this.idOf(one.path)) === path);
  }

  idOf(path: string): number {
    return this.repositories.findIndex((one) => one.path === path) + 1;
  }

  ownedBy(owner: string): readonly ForgeRepository[] {
    return this.repositories.filter(({ path }) => path.startsWith(`${owner}/`));
  }

  hasOrganization(name: string): boolean {
    return !this.users.has(name) && this.ownedBy(name).length > 0;
  }

  request(repository: string, number: number): ForgeRequest | undefined {
    const found = this.requests.find((one) => one.repository === repository && one.number === number);
    if (found?.state === 'open') found.commit = this.head(found.from, found.branch) ?? found.commit;
    return found;
  }

  /** Newest first. */
  requestsOf(repository: string): readonly ForgeRequest[] {
    return this.requests
      .filter((one) => one.repository === repository)
      .flatMap(({ number }) => this.request(repository, number) ?? [])
      .toReversed();
  }

  checksOf(commit: string, ...by: readonly ForgeCheck['by'][]): readonly CheckColour[] {
    const found = this.checks.get(commit) ?? this.defaultChecks ?? [];
    const checks: readonly ForgeCheck[] = typeof found === 'string' ? [{ colour: found, by: 'run' }] : found;
    return checks.filter((one) => by.includes(one.by)).map(({ colour }) => colour);
  }

  /** Head commit of a branch of the repository on the disk. */
  head(path: string, branch: string): string | undefined {
    const directory = join(this.root, `${path}.git`);
    const loose = join(directory, 'refs/heads', branch);
    if (existsSync(loose)) return readFileSync(loose, 'utf8').trim();
    const packed = join(directory, 'packed-refs');
    const lines = existsSync(packed) ? readFileSync(packed, 'utf8').split('\n') : [];
    return lines.find((line) => line.endsWith(` refs/heads/${branch}`))?.split(' ')[0];
  }

  /** @returns the reason when it can't be opened */
  open(
    repository: string,
    given: Pick<ForgeRequest, 'branch' | 'base' | 'title' | 'body' | 'draft'> & { readonly from?: string },
  ): ForgeRequest | 'exists' | 'no branch' | 'no base' | 'no commits' {
    const { from = repository, branch, base } = given;
    const [head, onto] = [this.head(from, branch), this.head(repository, base)];
    if (head === undefined) return 'no branch';
    if (onto === undefined) return 'no base';
    if (head === onto) return 'no commits';
    const mine = this.requests.filter((one) => one.repository === repository);
    if (mine.some((one) => one.state === 'open' && one.branch === branch && one.from === from && one.base === base))
      return 'exists';
    const request: ForgeRequest = {
      ...given,
      from,
      repository,
      number: mine.length + 1,
      state: 'open',
      commit: head,
      labels: [],
      reviewers: [],
      assignees: [],
      comments: [],
    };
    this.requests.push(request);
    return request;
  }

  /** Merges it as a person would: its base moves to its commit. */
  merge(repository: string, number: number): void {
    const request = this.request(repository, number);
    if (request === undefined) throw new Error(`there is no request ${number} in ${repository}`);
    request.state = 'merged';
    git(join(this.root, `${repository}.git`), 'update-ref', `refs/heads/${request.base}`, request.commit);
  }
}

/** GitHub's answer to requests that come too fast. */
export const secondaryLimit = (seconds: number): Pick<Fault, 'status' | 'headers' | 'body'> => ({
  status: 403,
  headers: { 'retry-after': String(seconds) },
  body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
});

/** GitHub's answer when the requests of the hour are used up. */
export const primaryLimit = (seconds: number): Pick<Fault, 'status' | 'headers' | 'body'> => ({
  status: 403,
  headers: {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + seconds),
  },
  body: { message: 'API rate limit exceeded for user ID 1.' },
});
