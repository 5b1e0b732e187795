import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A repository of the forge: a bare one on the disk. */
export interface ForgeRepository {
  /** `acme/shop` */
  readonly path: string;
  readonly archived?: boolean;
  readonly fork?: boolean;
  readonly topics?: readonly string[];
}

export interface ForgeRequest {
  readonly number: number;
  readonly repository: string;
  readonly branch: string;
  readonly base: string;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  draft: boolean;
  readonly labels: string[];
  readonly reviewers: string[];
  readonly assignees: string[];
  readonly comments: string[];
}

/** What the forge should do wrong, as often as it says. */
export interface Fault {
  /** `POST /api/v3/repos/acme/shop/pulls` */
  readonly on: RegExp;
  times: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The request has had its effect although the answer says otherwise. */
  readonly effect?: boolean;
  /** The connection is cut instead of an answer. */
  readonly cut?: boolean;
  readonly delayMs?: number;
}

export type CheckColour = 'green' | 'red' | 'pending';

/** What a forge knows, whatever API speaks of it. */
export class ForgeModel {
  readonly repositories: ForgeRepository[] = [];
  readonly requests: ForgeRequest[] = [];
  readonly faults: Fault[] = [];
  readonly checks = new Map<string, CheckColour>();
  readonly users = new Map([
    ['alice', 1],
    ['bob', 2],
  ]);
  readonly labels = new Map([
    ['docker', 11],
    ['bot', 12],
  ]);

  constructor(readonly root: string) {}

  repository(path: string): ForgeRepository | undefined {
    return this.repositories.find((one) => one.path === path);
  }

  request(repository: string, number: number): ForgeRequest | undefined {
    return this.requests.find((one) => one.repository === repository && one.number === number);
  }

  /** The commit that a branch of the repository on the disk is at. */
  head(path: string, branch: string): string | undefined {
    try {
      const args = ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`];
      return execFileSync('git', args, { cwd: join(this.root, `${path}.git`), stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim();
    } catch {
      return undefined;
    }
  }

  /** What a forge refuses is a text. */
  open(
    repository: string,
    given: Pick<ForgeRequest, 'branch' | 'base' | 'title' | 'body' | 'draft'>,
  ): ForgeRequest | 'exists' | 'no branch' {
    if (this.head(repository, given.branch) === undefined) return 'no branch';
    const open = this.requests.some(
      (one) => one.repository === repository && one.branch === given.branch && one.state === 'open',
    );
    if (open) return 'exists';
    const number = this.requests.filter((one) => one.repository === repository).length + 1;
    const request: ForgeRequest = {
      ...given,
      number,
      repository,
      state: 'open',
      labels: [],
      reviewers: [],
      assignees: [],
      comments: [],
    };
    this.requests.push(request);
    return request;
  }
}
