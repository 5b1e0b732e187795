import { withoutCredentials } from './addresses.js';
import type { CheckState } from './checks.js';
import { draftTitle } from './draft.js';
import type { ForgeAddress, ForgeQuery, PullRequest, Repository } from './types.js';

export interface GiteaRepository {
  readonly full_name: string;
  readonly clone_url: string;
  readonly default_branch?: string | undefined;
  readonly archived: boolean;
  readonly fork: boolean;
  /** Missing in older versions. */
  readonly topics?: readonly string[] | null | undefined;
}

export interface GiteaPerson {
  readonly login: string;
}

export interface GiteaPullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged: boolean;
  readonly title: string;
  readonly body: string | null;
  readonly assignees?: readonly GiteaPerson[] | null;
  readonly head: { readonly ref: string; readonly sha: string; readonly repo_id: number };
  readonly base: { readonly repo_id: number };
}

export interface GiteaLabel {
  readonly id: number;
  readonly name: string;
}

export interface GiteaStatus {
  readonly status: string;
}

export const TITLE = draftTitle('WIP:', /^\s*(?:wip:|\[wip\])\s*/i);

export function repositoryOf(found: GiteaRepository, forge: ForgeAddress): Repository {
  const { full_name: path, clone_url, default_branch } = found;
  const defaultBranch = default_branch === '' ? undefined : default_branch;
  return { id: `${forge.host}/${path}`, url: withoutCredentials(clone_url), forge, path, defaultBranch };
}

export function isWanted({ archived, fork, topics }: GiteaRepository, query: ForgeQuery): boolean {
  if ((archived && !query.archived) || (fork && !query.forks)) return false;
  return query.topic === undefined || topics == null || topics.includes(query.topic.toLowerCase());
}

/** False for a branch of the same name in a fork. */
export function isFrom({ head, base }: GiteaPullRequest, branch: string): boolean {
  return head.ref === branch && head.repo_id === base.repo_id;
}

export function pullRequestOf(found: GiteaPullRequest): PullRequest {
  const { number, html_url: url, state, merged, title, body, head } = found;
  return {
    number,
    url,
    state: merged ? 'merged' : state === 'open' ? 'open' : 'closed',
    commit: head.sha === '' ? undefined : head.sha,
    title: TITLE.read(title),
    body: body ?? '',
  };
}

const STATES: Readonly<Record<string, CheckState>> = {
  success: 'green',
  warning: 'green',
  skipped: 'green',
  failure: 'red',
  error: 'red',
};

export function statusState({ status }: GiteaStatus): CheckState {
  return STATES[status] ?? 'pending';
}
