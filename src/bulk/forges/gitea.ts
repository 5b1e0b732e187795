import { combineChecks, type CheckState } from './checks.js';
import { createOnce } from './create-once.js';
import * as answers from './gitea-answers.js';
import { openGiteaClient } from './gitea-client.js';
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

/** The colour that the other forges give a new label. */
const LABEL_COLOR = '#ededed';

/** Gitea and Forgejo, through their REST API. */
export function openGitea(address: ForgeAddress, options: ForgeOptions): Forge {
  const transport = openTransport(address, options);
  const gitea = openGiteaClient(address, transport);

  async function* list(query: ForgeQuery): AsyncGenerator<Repository> {
    for await (const found of await repositories(query))
      if (answers.isWanted(found as answers.GiteaRepository, query))
        yield answers.repositoryOf(found as answers.GiteaRepository, address);
  }

  async function repositories(query: ForgeQuery): Promise<AsyncIterable<unknown>> {
    checkQuery(query);
    const { organization, user, group, topic, search, archived } = query;
    if (group !== undefined) throw new ForgeError('Gitea has no groups: name an organization', 'refused');
    if (topic !== undefined && search !== undefined)
      throw new ForgeError('Gitea searches by topic or by words, not by both', 'refused');
    const owner = organization ?? user;
    const place = organization === undefined ? 'users' : 'orgs';
    if (owner !== undefined && topic === undefined && search === undefined)
      return gitea.pages(`/${place}/${encodeURIComponent(owner)}/repos`);
    const { id } = (owner === undefined ? {} : await gitea.get(`/${place}/${encodeURIComponent(owner)}`)) as {
      readonly id?: number;
    };
    return gitea.pages('/repos/search', {
      q: topic ?? search ?? '',
      ...(topic === undefined ? {} : { topic: true }),
      ...(id === undefined ? {} : { uid: id, exclusive: true }),
      ...(archived ? {} : { archived: false }),
      sort: 'id',
      order: 'asc',
    });
  }

  /** Gitea can't filter by branch, so this reads all pull requests, newest first, until one matches. */
  async function find(repository: Repository, branch: string): Promise<PullRequest | undefined> {
    return (await newest(repository, branch, 'open')) ?? (await newest(repository, branch, 'closed'));
  }

  async function newest(repository: Repository, branch: string, state: string): Promise<PullRequest | undefined> {
    for await (const one of gitea.pages(`${at(repository)}/pulls`, { state }))
      if (answers.isFrom(one as answers.GiteaPullRequest, branch))
        return answers.pullRequestOf(one as answers.GiteaPullRequest);
    return undefined;
  }

  function open(repository: Repository, { branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest> {
    return createOnce(
      transport,
      () => newest(repository, branch, 'open'),
      async () => {
        const text = { head: branch, base, title: answers.TITLE.write(title, draft), body };
        const made = await gitea.write('POST', `${at(repository)}/pulls`, text);
        return answers.pullRequestOf(made as answers.GiteaPullRequest);
      },
    );
  }

  async function decorate(repository: Repository, number: number, decoration: Decoration): Promise<readonly string[]> {
    const { labels, reviewers, assignees } = decoration;
    const repeatable = { repeatable: true };
    return [
      ...(await putOn('label', labels, async (names) => {
        const ids = await labelIds(repository, names);
        await gitea.write('POST', `${at(repository)}/issues/${number}/labels`, { labels: ids }, repeatable);
        return [];
      })),
      ...(await putOn('reviewer', reviewers, async (names) => {
        const asked = reviewersOf(names);
        await gitea.write('POST', `${at(repository)}/pulls/${number}/requested_reviewers`, asked, repeatable);
        return [];
      })),
      ...(await putOn('assignee', assignees, async (names) => {
        const there = namesOf(await request(repository, number));
        const all = [...there, ...missingFrom(there, names)];
        const after = await gitea.write('PATCH', `${at(repository)}/pulls/${number}`, { assignees: all });
        return missingFrom(namesOf(after as answers.GiteaPullRequest), names);
      })),
    ];
  }

  /** Ids of labels of the repository or its organization; creates missing ones, as the other forges do by themselves. */
  async function labelIds(repository: Repository, names: readonly string[]): Promise<readonly number[]> {
    const known = new Map<string, number>();
    const read = async (path: string): Promise<void> => {
      for await (const one of gitea.pages(path)) {
        const { id, name } = one as answers.GiteaLabel;
        if (!known.has(name)) known.set(name, id);
      }
    };
    await read(`${at(repository)}/labels`);
    if (names.some((name) => !known.has(name)))
      await read(`/orgs/${encodeURIComponent(repository.path.split('/')[0] ?? '')}/labels`).catch(ignoreRefusal);
    for (const name of names) {
      if (known.has(name)) continue;
      const made = await gitea.write('POST', `${at(repository)}/labels`, { name, color: LABEL_COLOR });
      known.set(name, (made as answers.GiteaLabel).id);
    }
    return names.flatMap((name) => known.get(name) ?? []);
  }

  async function request(repository: Repository, number: number): Promise<answers.GiteaPullRequest> {
    return (await gitea.get(`${at(repository)}/pulls/${number}`)) as answers.GiteaPullRequest;
  }

  async function close(repository: Repository, number: number, comment: string): Promise<void> {
    if (answers.pullRequestOf(await request(repository, number)).state !== 'open') return;
    const comments = `${at(repository)}/issues/${number}/comments`;
    if (comment !== '')
      await createOnce(
        transport,
        async () =>
          ((await gitea.get(comments)) as { body: string }[]).find(({ body }) => body.trim() === comment.trim()),
        () => gitea.write('POST', comments, { body: comment }),
      );
    await gitea.write('PATCH', `${at(repository)}/pulls/${number}`, { state: 'closed' });
  }

  /** Gitea Actions also report as commit statuses. */
  async function checks(repository: Repository, commit: string): Promise<Checks> {
    const states: CheckState[] = [];
    for await (const one of gitea.pages(`${at(repository)}/commits/${encodeURIComponent(commit)}/status`))
      states.push(answers.statusState(one as answers.GiteaStatus));
    return combineChecks(states);
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
      const draft = answers.TITLE.isDraft((await request(repository, number)).title);
      const text = { title: answers.TITLE.write(title, draft), body };
      await gitea.write('PATCH', `${at(repository)}/pulls/${number}`, text);
    },
  };
}

function at({ path }: Repository): string {
  return `/repos/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function namesOf({ assignees }: answers.GiteaPullRequest): readonly string[] {
  return (assignees ?? []).map(({ login }) => login);
}

/** A user's repository has no organization, and a token may lack the right to read its labels. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ForgeError) || !['not-found', 'denied'].includes(error.kind)) throw error;
}
