import { withoutCredentials } from './addresses.js';
import type { CheckState } from './checks.js';
import type { ForgeAddress, ForgeQuery, PullRequest, Repository } from './types.js';

export interface GitHubRepository {
  readonly full_name: string;
  readonly clone_url?: string | undefined;
  readonly default_branch?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly fork: boolean;
  readonly topics?: readonly string[] | undefined;
}

export interface GitHubPullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at?: string | null;
  readonly title: string;
  readonly body?: string | null;
  readonly head: { readonly sha: string; readonly repo: { readonly id: number } | null };
  readonly base: { readonly repo: { readonly id: number } };
}

export function repositoryOf(found: GitHubRepository, forge: ForgeAddress): Repository {
  const { full_name: path, clone_url = `https://${forge.host}/${path}.git`, default_branch } = found;
  const url = withoutCredentials(clone_url);
  return { id: `${forge.host}/${path}`, url, forge, path, defaultBranch: default_branch };
}

export function isWanted({ archived, fork, topics = [] }: GitHubRepository, query: ForgeQuery): boolean {
  if (archived === true && !query.archived) return false;
  if (fork && !query.forks) return false;
  return query.topic === undefined || topics.includes(query.topic.toLowerCase());
}

export function nameOf({ path }: Repository): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = path.split('/');
  return { owner, repo };
}

/** False for a pull request from a fork, whose branch may have the same name. */
export function isOwn({ head, base }: GitHubPullRequest): boolean {
  return head.repo?.id === base.repo.id;
}

export function pullRequestOf(found: GitHubPullRequest): PullRequest {
  const { number, html_url: url, state, merged_at, title, body, head } = found;
  return {
    number,
    url,
    state: typeof merged_at === 'string' ? 'merged' : state === 'open' ? 'open' : 'closed',
    commit: head.sha,
    title,
    body: body ?? '',
  };
}

/** State of a check run or a workflow run. */
export function runState({ status, conclusion }: { status: string | null; conclusion: string | null }): CheckState {
  if (status !== 'completed' || conclusion === 'stale') return 'pending';
  return ['success', 'neutral', 'skipped'].includes(conclusion ?? '') ? 'green' : 'red';
}

export function statusState(state: string): CheckState {
  if (state === 'success') return 'green';
  return state === 'pending' ? 'pending' : 'red';
}
