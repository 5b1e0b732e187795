import { Octokit, RequestError } from 'octokit';
import type { Checks, Forge, ForgeAddress, ForgeQuery, NewPullRequest, PullRequest, Repository } from '../types.js';
import { guarded } from './guarded.js';
import { combineChecks, type CheckState } from './checks.js';
import { MAX_WAIT, messageOf, statusError, type ForgeOptions } from './http.js';

interface GitHubRepository {
  readonly full_name: string;
  readonly clone_url?: string | undefined;
  readonly default_branch?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly fork: boolean;
  readonly topics?: readonly string[] | undefined;
}

interface GitHubPullRequest {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at?: string | null;
  readonly title: string;
  readonly body?: string | null;
  readonly head: { readonly sha: string };
}

/** GitHub's search gives no more than this, whatever it finds. */
const SEARCH_LIMIT = 1000;

/** GitHub and GitHub Enterprise, by their REST API. */
export function openGitHub(address: ForgeAddress, options: ForgeOptions): Forge {
  const { token, maxWait = MAX_WAIT, retryDelay = 1000, onWait, onNotice } = options;
  const wait = (seconds: number, reason: string): boolean => {
    if (seconds > maxWait) return false;
    onWait?.(seconds, reason);
    return true;
  };
  const octokit = new Octokit({
    auth: token,
    baseUrl: address.api,
    userAgent: `dockmod/${options.version}`,
    request: { fetch: options.fetch },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    retry: { retryAfterBaseValue: retryDelay },
    throttle: {
      onRateLimit: (seconds: number) => wait(seconds, 'the limit of requests is reached'),
      onSecondaryRateLimit: (seconds: number) => wait(seconds, 'requests come too fast'),
    },
  });
  const { rest, paginate } = octokit;

  async function* list(query: ForgeQuery): AsyncGenerator<Repository> {
    for await (const found of search(query)) if (isWanted(found, query)) yield repositoryOf(found, address);
  }

  async function* search({ organization, user, topic, search: words }: ForgeQuery): AsyncGenerator<GitHubRepository> {
    const q = [words, topic && `topic:${topic}`, organization && `org:${organization}`, user && `user:${user}`];
    const per_page = 100;
    const pages: AsyncIterable<{ readonly data: readonly GitHubRepository[] }> =
      organization !== undefined && words === undefined
        ? paginate.iterator(rest.repos.listForOrg, { org: organization, per_page })
        : user !== undefined && words === undefined
          ? paginate.iterator(rest.repos.listForUser, { username: user, per_page })
          : paginate.iterator(rest.search.repos, { q: q.filter(Boolean).join(' '), per_page });
    let count = 0;
    for await (const { data } of pages) {
      count += data.length;
      yield* data;
    }
    if (words !== undefined && count >= SEARCH_LIMIT)
      onNotice?.(`${address.host}: the search finds more than ${SEARCH_LIMIT} repositories, and GitHub gives no more`);
  }

  const find: Forge['find'] = async (repository, branch) => {
    const { owner, repo } = nameOf(repository);
    const { data } = await rest.pulls.list({
      owner,
      repo,
      head: `${owner}:${branch}`,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 10,
    });
    const [newest] = data.toSorted((a, b) => rankOf(a) - rankOf(b) || b.number - a.number);
    return newest && pullRequestOf(newest);
  };

  /** GitHub takes one open request a branch: what may have had an effect is looked for before it is sent again. */
  async function open(repository: Repository, request: NewPullRequest): Promise<PullRequest> {
    const { branch, base, title, body, draft } = request;
    const send = { ...nameOf(repository), head: branch, base, title, body, draft };
    try {
      return pullRequestOf((await rest.pulls.create({ ...send, request: { retries: 0 } })).data);
    } catch (error) {
      if (!(error instanceof RequestError) || (error.status < 500 && error.status !== 422)) throw error;
      const there = await find(repository, branch);
      if (there?.state === 'open') return there;
      if (error.status === 422) throw error;
      return pullRequestOf((await rest.pulls.create(send)).data);
    }
  }

  async function checks(repository: Repository, commit: string): Promise<Checks> {
    const at = { ...nameOf(repository), ref: commit };
    const [runs, { data: statuses }] = await Promise.all([
      paginate(rest.checks.listForRef, { ...at, per_page: 100 }),
      rest.repos.getCombinedStatusForRef(at),
    ]);
    const states = runs.map(({ status, conclusion }) => runState(status, conclusion));
    const old = statuses.total_count === 0 ? [] : [STATUS[statuses.state] ?? 'pending'];
    return combineChecks([...states, ...old]);
  }

  return guarded(
    {
      address,
      list,
      find,
      open,
      async update(repository, number, { title, body }) {
        await rest.pulls.update({ ...nameOf(repository), pull_number: number, title, body });
      },
      async decorate(repository, number, { labels, reviewers, assignees }) {
        const at = nameOf(repository);
        const issue = { ...at, issue_number: number };
        const teams = reviewers.filter((name) => name.includes('/')).map((name) => name.split('/').at(-1) ?? name);
        const people = reviewers.filter((name) => !name.includes('/'));
        const problems: string[] = [];
        const attempt = async (what: string, names: readonly string[], work: () => Promise<unknown>): Promise<void> => {
          if (names.length === 0) return;
          await work().catch((error: unknown) => problems.push(`${what} ${names.join(', ')}: ${messageOf(error)}`));
        };
        await attempt('labels', labels, () => rest.issues.addLabels({ ...issue, labels: [...labels] }));
        await attempt('reviewers', reviewers, () =>
          rest.pulls.requestReviewers({ ...at, pull_number: number, reviewers: people, team_reviewers: teams }),
        );
        await attempt('assignees', assignees, () => rest.issues.addAssignees({ ...issue, assignees: [...assignees] }));
        return problems;
      },
      async close(repository, number, comment) {
        const at = nameOf(repository);
        if (comment !== '') await rest.issues.createComment({ ...at, issue_number: number, body: comment });
        await rest.pulls.update({ ...at, pull_number: number, state: 'closed' });
      },
      checks,
    },
    (error) => describe(error, address, token),
  );
}

const ignore = (): undefined => undefined;

const STATUS: Readonly<Record<string, CheckState>> = {
  success: 'green',
  pending: 'pending',
  failure: 'red',
  error: 'red',
};

function runState(status: string, conclusion: string | null): CheckState {
  if (status !== 'completed') return 'pending';
  return ['success', 'neutral', 'skipped'].includes(conclusion ?? '') ? 'green' : 'red';
}

function nameOf({ path }: Repository): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = path.split('/');
  return { owner, repo };
}

function isWanted({ archived, fork, topics }: GitHubRepository, query: ForgeQuery): boolean {
  if (archived === true && !query.archived) return false;
  if (fork && !query.forks) return false;
  return query.topic === undefined || topics === undefined || topics.includes(query.topic);
}

function repositoryOf({ full_name, clone_url, default_branch }: GitHubRepository, forge: ForgeAddress): Repository {
  const url = clone_url ?? `https://${forge.host}/${full_name}.git`;
  return { id: `${forge.host}/${full_name}`, url, forge, path: full_name, defaultBranch: default_branch };
}

/** An open request goes before those that are done. */
function rankOf({ state }: GitHubPullRequest): number {
  return state === 'open' ? 0 : 1;
}

function pullRequestOf({ number, html_url, state, merged_at, title, body, head }: GitHubPullRequest): PullRequest {
  const merged = merged_at !== null && merged_at !== undefined;
  return {
    number,
    url: html_url,
    state: merged ? 'merged' : state === 'open' ? 'open' : 'closed',
    commit: head.sha,
    title,
    body: body ?? '',
  };
}

function describe(error: unknown, { host }: ForgeAddress, token: string | undefined): Error {
  if (!(error instanceof RequestError)) return statusError({ host, status: 0, message: messageOf(error), token });
  const { status, message, response } = error;
  const header = response?.headers['retry-after'];
  return statusError({
    host,
    status: status === 500 && response === undefined ? 0 : status,
    message,
    token,
    wait: header === undefined ? undefined : Number(header),
  });
}
