import { combineChecks, type CheckState } from './checks.js';
import { createOnce } from './create-once.js';
import {
  isOwn,
  isWanted,
  nameOf,
  pullRequestOf,
  repositoryOf,
  runState,
  statusState,
  type GitHubRepository,
} from './github-answers.js';
import { openOctokit, REPEATABLE } from './github-client.js';
import { missingFrom, putOn, reviewersOf } from './put-on.js';
import { checkQuery } from './query.js';
import { openTransport, type ForgeOptions } from './transport.js';
import {
  ForgeError,
  type Checks,
  type Decoration,
  type Forge,
  type ForgeAddress,
  type ForgeQuery,
  type NewPullRequest,
  type PullRequest,
  type Repository,
} from './types.js';

const per_page = 100;
/** GitHub's search returns at most this many results. */
const SEARCH_LIMIT = 1000;

type Pages = AsyncIterable<{ readonly data: readonly GitHubRepository[] }>;

/** GitHub and GitHub Enterprise, through their REST API. */
export function openGitHub(address: ForgeAddress, options: ForgeOptions): Forge {
  const transport = openTransport(address, options);
  const { rest, paginate } = openOctokit(address, transport);

  async function* list(query: ForgeQuery): AsyncGenerator<Repository> {
    for await (const { data } of await pagesOf(query))
      for (const found of data) if (isWanted(found, query)) yield repositoryOf(found, address);
  }

  /** Lists all repositories of an owner and filters by topic here, since a search ends after a thousand. */
  async function pagesOf(query: ForgeQuery): Promise<Pages> {
    checkQuery(query);
    const { organization, user, group, topic, search, archived, forks } = query;
    if (group !== undefined) throw new ForgeError('GitHub has no groups: name an organization', 'refused');
    if (search === undefined && organization !== undefined)
      return paginate.iterator(rest.repos.listForOrg, { org: organization, per_page });
    if (search === undefined && user !== undefined)
      return (await isMyself(user))
        ? paginate.iterator(rest.repos.listForAuthenticatedUser, { affiliation: 'owner', per_page })
        : paginate.iterator(rest.repos.listForUser, { username: user, per_page });
    const words = [
      search,
      topic && `topic:${topic}`,
      organization && `org:${organization}`,
      user && `user:${user}`,
      archived ? undefined : 'archived:false',
      forks ? 'fork:true' : undefined,
    ];
    return searched(words.filter((word) => word !== undefined && word !== '').join(' '));
  }

  /** A user's own private repositories are in another list. */
  async function isMyself(user: string): Promise<boolean> {
    if (options.token === undefined) return false;
    try {
      return (await rest.users.getAuthenticated()).data.login.toLowerCase() === user.toLowerCase();
    } catch (error) {
      // The token of an app belongs to no user.
      if (error instanceof ForgeError && error.kind === 'denied') return false;
      throw error;
    }
  }

  async function* searched(q: string): AsyncGenerator<{ readonly data: readonly GitHubRepository[] }> {
    let told = false;
    for await (const { data } of paginate.iterator(rest.search.repos, { q, per_page })) {
      const total = (data as { total_count?: number }).total_count ?? 0;
      if (total > SEARCH_LIMIT && !told) {
        const text = `the search \`${q}\` finds ${total} repositories, but GitHub returns only the first ${SEARCH_LIMIT}`;
        transport.notice(`${address.host}: ${text}`);
        told = true;
      }
      yield { data };
    }
  }

  async function find(repository: Repository, branch: string): Promise<PullRequest | undefined> {
    const { owner, repo } = nameOf(repository);
    const filter = { head: `${owner}:${branch}`, state: 'all', sort: 'created', direction: 'desc' } as const;
    const { data } = await rest.pulls.list({ owner, repo, ...filter, per_page });
    const own = data.filter(isOwn);
    const newest = own.find(({ state }) => state === 'open') ?? own[0];
    return newest && pullRequestOf(newest);
  }

  function open(repository: Repository, { branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest> {
    return createOnce(
      transport,
      async () => {
        const there = await find(repository, branch);
        return there?.state === 'open' ? there : undefined;
      },
      async () =>
        pullRequestOf(
          (await rest.pulls.create({ ...nameOf(repository), head: branch, base, title, body, draft })).data,
        ),
    );
  }

  async function decorate(repository: Repository, number: number, decoration: Decoration): Promise<readonly string[]> {
    const { labels, reviewers, assignees } = decoration;
    const at = nameOf(repository);
    const issue = { ...at, issue_number: number, request: REPEATABLE };
    return [
      ...(await putOn('label', labels, async (names) => {
        const { data } = await rest.issues.addLabels({ ...issue, labels: [...names] });
        return missingFrom(
          data.map(({ name }) => name),
          names,
        );
      })),
      ...(await putOn('reviewer', reviewers, async (names) => {
        const asked = { ...at, pull_number: number, ...reviewersOf(names), request: REPEATABLE };
        await rest.pulls.requestReviewers(asked);
        return [];
      })),
      ...(await putOn('assignee', assignees, async (names) => {
        const { data } = await rest.issues.addAssignees({ ...issue, assignees: [...names] });
        const present = (data.assignees ?? []).map(({ login }) => login);
        return missingFrom(present, names);
      })),
    ];
  }

  async function close(repository: Repository, number: number, comment: string): Promise<void> {
    const at = nameOf(repository);
    const { data: request } = await rest.pulls.get({ ...at, pull_number: number });
    if (request.state !== 'open') return;
    if (comment !== '')
      await createOnce(
        transport,
        () => findComment(repository, number, comment),
        async () => (await rest.issues.createComment({ ...at, issue_number: number, body: comment })).data.id,
      );
    await rest.pulls.update({ ...at, pull_number: number, state: 'closed' });
  }

  async function findComment(repository: Repository, number: number, text: string): Promise<number | undefined> {
    const where = { ...nameOf(repository), issue_number: number, per_page };
    for await (const { data } of paginate.iterator(rest.issues.listComments, where))
      for (const { id, body } of data) if (body?.trim() === text.trim()) return id;
    return undefined;
  }

  async function checks(repository: Repository, commit: string): Promise<Checks> {
    const at = { ...nameOf(repository), ref: commit, per_page };
    const [runs, { data: statuses }] = await Promise.all([
      runStates(repository, commit),
      rest.repos.getCombinedStatusForRef(at),
    ]);
    return combineChecks([...runs, ...(statuses.total_count === 0 ? [] : [statusState(statuses.state)])]);
  }

  /** Fine-grained tokens can't read check runs, but they can read the runs of GitHub Actions. */
  async function runStates(repository: Repository, commit: string): Promise<readonly CheckState[]> {
    const at = nameOf(repository);
    try {
      return (await paginate(rest.checks.listForRef, { ...at, ref: commit, per_page })).map(runState);
    } catch (error) {
      if (!(error instanceof ForgeError) || error.kind !== 'denied') throw error;
      return (await paginate(rest.actions.listWorkflowRunsForRepo, { ...at, head_sha: commit, per_page })).map(
        runState,
      );
    }
  }

  return {
    address,
    list,
    find,
    open,
    decorate,
    close,
    checks,
    async update(repository, number, { title, body }) {
      await rest.pulls.update({ ...nameOf(repository), pull_number: number, title, body });
    },
  };
}
