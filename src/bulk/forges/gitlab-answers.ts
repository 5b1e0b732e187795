import { withoutCredentials } from './addresses.js';
import type { CheckState } from './checks.js';
import { draftTitle } from './draft.js';
import type { ForgeAddress, ForgeQuery, PullRequest, Repository } from './types.js';

/** The fields that dockmod reads; gitbeaker's types lack some of them. */
export interface GitLabProject {
  readonly path_with_namespace: string;
  readonly http_url_to_repo: string;
  readonly default_branch?: string | null | undefined;
  readonly archived?: boolean | undefined;
  readonly forked_from_project?: unknown;
  readonly topics?: readonly string[] | undefined;
}

export interface GitLabPerson {
  readonly id: number;
  readonly username: string;
}

export interface GitLabRequest {
  readonly iid: number;
  readonly web_url: string;
  readonly state: string;
  readonly sha?: string | null | undefined;
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly source_project_id: number;
  readonly target_project_id: number;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly GitLabPerson[] | undefined;
  readonly reviewers?: readonly GitLabPerson[] | undefined;
}

export interface GitLabPipeline {
  readonly status: string;
  readonly source?: string | undefined;
  readonly ref?: string | undefined;
}

export const TITLE = draftTitle('Draft:', /^\s*(?:draft:|\[draft\]|\(draft\))\s*/i);

export function repositoryOf(found: GitLabProject, forge: ForgeAddress): Repository {
  const { path_with_namespace: path, http_url_to_repo: url, default_branch } = found;
  return {
    id: `${forge.host}/${path}`,
    url: withoutCredentials(url),
    forge,
    path,
    defaultBranch: default_branch ?? undefined,
  };
}

export function isWanted({ archived, forked_from_project, topics = [] }: GitLabProject, query: ForgeQuery): boolean {
  if (archived === true && !query.archived) return false;
  if (forked_from_project !== undefined && forked_from_project !== null && !query.forks) return false;
  const wanted = query.topic?.toLowerCase();
  return wanted === undefined || topics.some((topic) => topic.toLowerCase() === wanted);
}

export function pullRequestOf(found: GitLabRequest): PullRequest {
  const { iid, web_url: url, state, sha, title, description } = found;
  return {
    number: iid,
    url,
    // `locked` is a request that is being merged.
    state: state === 'merged' ? 'merged' : state === 'opened' || state === 'locked' ? 'open' : 'closed',
    commit: sha ?? undefined,
    title: TITLE.read(title),
    body: description ?? '',
  };
}

/** A skipped pipeline says nothing about the commit; any other status, such as waiting for a person, is pending. */
const STATES: Readonly<Record<string, CheckState | undefined>> = {
  success: 'green',
  failed: 'red',
  canceled: 'red',
  canceling: 'red',
  skipped: undefined,
};

/** @param pipelines newest first; of several with the same source and ref, the newest counts */
export function pipelineStates(pipelines: readonly GitLabPipeline[]): readonly CheckState[] {
  const newest = new Map<string, string>();
  for (const { source = '', ref = '', status } of pipelines) {
    const key = `${source} ${ref}`;
    if (!newest.has(key)) newest.set(key, status);
  }
  return [...newest.values()].flatMap((status) => (status in STATES ? (STATES[status] ?? []) : ['pending' as const]));
}
