import { HTTPError } from 'ky';
import type { Decoration, Forge, ForgeAddress, ForgeQuery, NewPullRequest, PullRequest, Repository } from '../types.js';
import { combineChecks, type CheckState } from './checks.js';
import { guarded } from './guarded.js';
import { httpError, messageOf, openHttp, type ForgeOptions } from './http.js';

interface GiteaRepository {
  readonly full_name: string;
  readonly clone_url: string;
  readonly default_branch: string;
  readonly archived: boolean;
  readonly fork: boolean;
}

interface GiteaPullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged: boolean;
  readonly title: string;
  readonly body: string;
  readonly head: { readonly ref: string; readonly sha: string; readonly repo_id?: number };
  readonly base: { readonly repo_id?: number };
}

const PAGE = 50;

/** Gitea and Forgejo, by their REST API. */
export function openGitea(address: ForgeAddress, options: ForgeOptions): Forge {
  const { token } = options;
  const headers = token === undefined ? {} : { authorization: `token ${token}` };
  const http = openHttp(headers, options).extend({ prefixUrl: address.api });
  const at = ({ path }: Repository): string => `repos/${path.split('/').map(encodeURIComponent).join('/')}`;

  async function* pages<T>(path: string, search: Record<string, string>): AsyncGenerator<T> {
    for (let page = 1; ; page++) {
      const answer = await http.get(path, { searchParams: { ...search, page, limit: PAGE } });
      const body = await answer.json<readonly T[] | { readonly data: readonly T[] }>();
      const items = 'data' in body ? body.data : body;
      yield* items;
      if (items.length === 0 || !hasNext(answer.headers.get('link'), items.length)) return;
    }
  }

  async function* list(query: ForgeQuery): AsyncGenerator<Repository> {
    const { organization, user, topic, search } = query;
    const found =
      organization !== undefined && topic === undefined && search === undefined
        ? pages<GiteaRepository>(`orgs/${encodeURIComponent(organization)}/repos`, {})
        : user !== undefined && topic === undefined && search === undefined
          ? pages<GiteaRepository>(`users/${encodeURIComponent(user)}/repos`, {})
          : pages<GiteaRepository>(
              'repos/search',
              topic === undefined ? { q: search ?? '' } : { q: topic, topic: 'true' },
            );
    const owner = organization ?? user;
    for await (const one of found) {
      if ((one.archived && !query.archived) || (one.fork && !query.forks)) continue;
      if (owner !== undefined && one.full_name.split('/')[0]?.toLowerCase() !== owner.toLowerCase()) continue;
      yield {
        id: `${address.host}/${one.full_name}`,
        url: one.clone_url,
        forge: address,
        path: one.full_name,
        defaultBranch: one.default_branch,
      };
    }
  }

  /** There is no filter by branch; newer requests come first. */
  async function find(repository: Repository, branch: string): Promise<PullRequest | undefined> {
    let newest: GiteaPullRequest | undefined;
    for (const state of ['open', 'closed'])
      for await (const request of pages<GiteaPullRequest>(`${at(repository)}/pulls`, { state, sort: 'recentupdate' })) {
        if (request.head.ref !== branch || request.head.repo_id !== request.base.repo_id) continue;
        if (state === 'open') return pullRequestOf(request);
        if (newest === undefined || request.number > newest.number) newest = request;
      }
    return newest && pullRequestOf(newest);
  }

  async function open(repository: Repository, request: NewPullRequest): Promise<PullRequest> {
    const { branch, base, body, draft } = request;
    const title = draft ? `WIP: ${request.title}` : request.title;
    const send = (): Promise<GiteaPullRequest> =>
      http.post(`${at(repository)}/pulls`, { json: { head: branch, base, title, body } }).json<GiteaPullRequest>();
    try {
      return pullRequestOf(await send());
    } catch (error) {
      const status = error instanceof HTTPError ? error.response.status : 0;
      if (status !== 409 && status !== 0 && status < 500) throw error;
      const there = await find(repository, branch);
      if (there?.state === 'open') return there;
      if (status === 409) throw error;
      return pullRequestOf(await send());
    }
  }

  async function decorate(
    repository: Repository,
    number: number,
    { labels, reviewers, assignees }: Decoration,
  ): Promise<string[]> {
    const problems: string[] = [];
    const attempt = async (what: string, names: readonly string[], work: () => Promise<unknown>): Promise<void> => {
      if (names.length === 0) return;
      await work().catch(async (error: unknown) => {
        problems.push(`${what} ${names.join(', ')}: ${messageOf(await httpError(error, address, token))}`);
      });
    };
    await attempt('labels', labels, async () => {
      const ids = await labelIds(repository, labels, problems);
      if (ids.length > 0) await http.post(`${at(repository)}/issues/${number}/labels`, { json: { labels: ids } });
    });
    await attempt('reviewers', reviewers, () =>
      http.post(`${at(repository)}/pulls/${number}/requested_reviewers`, {
        json: {
          reviewers: reviewers.filter((name) => !name.includes('/')),
          team_reviewers: reviewers.flatMap((name) => (name.includes('/') ? (name.split('/').at(-1) ?? []) : [])),
        },
      }),
    );
    await attempt('assignees', assignees, () =>
      http.patch(`${at(repository)}/issues/${number}`, { json: { assignees } }),
    );
    return problems;
  }

  async function labelIds(repository: Repository, labels: readonly string[], problems: string[]): Promise<number[]> {
    const known = new Map<string, number>();
    for await (const { name, id } of pages<{ name: string; id: number }>(`${at(repository)}/labels`, {}))
      known.set(name, id);
    const missing = labels.filter((name) => !known.has(name));
    if (missing.length > 0) problems.push(`there is no label ${missing.join(', ')}`);
    return labels.flatMap((name) => known.get(name) ?? []);
  }

  return guarded(
    {
      address,
      list,
      find,
      open,
      decorate,
      async update(repository, number, { title, body }) {
        await http.patch(`${at(repository)}/pulls/${number}`, { json: { title, body } });
      },
      async close(repository, number, comment) {
        if (comment !== '') await http.post(`${at(repository)}/issues/${number}/comments`, { json: { body: comment } });
        await http.patch(`${at(repository)}/pulls/${number}`, { json: { state: 'closed' } });
      },
      async checks(repository, commit) {
        const { state, total_count = 0 } = await http
          .get(`${at(repository)}/commits/${encodeURIComponent(commit)}/status`)
          .json<{ state: string; total_count?: number }>();
        return combineChecks(total_count === 0 ? [] : [STATUS[state] ?? 'pending']);
      },
    },
    (error) => httpError(error, address, token),
  );
}

const STATUS: Readonly<Record<string, CheckState>> = {
  success: 'green',
  warning: 'green',
  pending: 'pending',
  failure: 'red',
  error: 'red',
};

/** Without a Link header, a full page means that there may be another. */
function hasNext(link: string | null, count: number): boolean {
  return link === null ? count >= PAGE : link.includes('rel="next"');
}

function pullRequestOf({ number, html_url, state, merged, title, body, head }: GiteaPullRequest): PullRequest {
  return {
    number,
    url: html_url,
    state: merged ? 'merged' : state === 'open' ? 'open' : 'closed',
    commit: head.sha,
    title,
    body,
  };
}
