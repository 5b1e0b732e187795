import { combineChecks } from './checks.js';
import { createOnce } from './create-once.js';
import * as answers from './gitlab-answers.js';
import { openGitbeaker, pages, PAGE_SIZE, type Page, type Paging } from './gitlab-client.js';
import { peopleAdder } from './gitlab-people.js';
import { missingFrom, putOn } from './put-on.js';
import { checkQuery } from './query.js';
import { openTransport, type ForgeOptions } from './transport.js';
import type {
  Checks,
  Decoration,
  Forge,
  ForgeAddress,
  ForgeQuery,
  NewPullRequest,
  PullRequest,
  Repository,
} from './types.js';

/** GitLab, through gitbeaker; its merge requests are the pull requests. */
export function openGitLab(address: ForgeAddress, options: ForgeOptions): Forge {
  const transport = openTransport(address, options);
  const gitlab = openGitbeaker(address, transport);
  const putPeopleOn = peopleAdder(gitlab, address.host);

  async function* list(query: ForgeQuery): AsyncGenerator<Repository> {
    for await (const found of pages((paging) => projects(query, paging)))
      if (answers.isWanted(found as answers.GitLabProject, query))
        yield answers.repositoryOf(found as answers.GitLabProject, address);
  }

  /** Projects of a group include those of its subgroups, but not projects that others share with it. */
  function projects(query: ForgeQuery, paging: Paging): Page {
    checkQuery(query);
    const { organization, group, user, topic, search, archived } = query;
    const within = group ?? organization;
    const filter = {
      ...(search === undefined ? {} : { search }),
      ...(archived ? {} : { archived: false }),
      ...paging,
      orderBy: 'id' as const,
      sort: 'asc' as const,
    };
    if (within !== undefined)
      return gitlab.Groups.allProjects(within, { ...filter, includeSubgroups: true, withShared: false });
    if (user !== undefined) return gitlab.Users.allProjects<true, 'offset'>(user, filter);
    // Of the three lists, only this one filters by topic.
    return gitlab.Projects.all<true, 'offset'>(topic === undefined ? filter : { ...filter, topic });
  }

  /** Ignores merge requests from forks, whose branch may have the same name. */
  async function find({ path }: Repository, branch: string): Promise<PullRequest | undefined> {
    let newest: answers.GitLabRequest | undefined;
    const filter = { projectId: path, sourceBranch: branch, orderBy: 'created_at', sort: 'desc' } as const;
    for await (const one of pages((paging) => gitlab.MergeRequests.all({ ...filter, ...paging }))) {
      const found = one as answers.GitLabRequest;
      if (found.source_project_id !== found.target_project_id) continue;
      if (answers.pullRequestOf(found).state === 'open') return answers.pullRequestOf(found);
      newest ??= found;
    }
    return newest && answers.pullRequestOf(newest);
  }

  function open(repository: Repository, { branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest> {
    return createOnce(
      transport,
      async () => {
        const there = await find(repository, branch);
        return there?.state === 'open' ? there : undefined;
      },
      async () => {
        const shown = answers.TITLE.write(title, draft);
        const text = { description: body };
        const made: unknown = await gitlab.MergeRequests.create(repository.path, branch, base, shown, text);
        return answers.pullRequestOf(made as answers.GitLabRequest);
      },
    );
  }

  async function decorate({ path }: Repository, number: number, decoration: Decoration): Promise<readonly string[]> {
    const { labels, reviewers, assignees } = decoration;
    const edit = async (change: Parameters<typeof gitlab.MergeRequests.edit>[2]): Promise<answers.GitLabRequest> => {
      const after: unknown = await gitlab.MergeRequests.edit(path, number, change);
      return after as answers.GitLabRequest;
    };
    return [
      ...(await putOn('label', labels, async (names) => {
        const after = await edit({ addLabels: names.join(',') });
        return missingFrom(after.labels ?? [], names);
      })),
      ...(await putPeopleOn('reviewer', reviewers, async (ids) => {
        const { reviewers: there = [] } = await request(path, number);
        const after = await edit({ reviewerIds: [...new Set([...there.map(({ id }) => id), ...ids])] });
        return after.reviewers ?? [];
      })),
      ...(await putPeopleOn('assignee', assignees, async (ids) => {
        const { assignees: there = [] } = await request(path, number);
        const after = await edit({ assigneeIds: [...new Set([...there.map(({ id }) => id), ...ids])] });
        return after.assignees ?? [];
      })),
    ];
  }

  async function request(path: string, number: number): Promise<answers.GitLabRequest> {
    const found: unknown = await gitlab.MergeRequests.show(path, number);
    return found as answers.GitLabRequest;
  }

  async function close({ path }: Repository, number: number, comment: string): Promise<void> {
    if (answers.pullRequestOf(await request(path, number)).state !== 'open') return;
    if (comment !== '')
      await createOnce(
        transport,
        () => findNote(path, number, comment),
        async () => (await gitlab.MergeRequestNotes.create(path, number, comment)).id,
      );
    await gitlab.MergeRequests.edit(path, number, { stateEvent: 'close' });
  }

  async function findNote(path: string, number: number, text: string): Promise<number | undefined> {
    for await (const note of pages((paging) => gitlab.MergeRequestNotes.all(path, number, { ...paging, sort: 'desc' })))
      if ((note as { body: string }).body.trim() === text.trim()) return (note as { id: number }).id;
    return undefined;
  }

  /**
   * Pipelines include statuses from other systems. A project that only runs merged-results pipelines runs them on another commit, so they are found
   * through the merge request.
   */
  async function checks({ path }: Repository, commit: string): Promise<Checks> {
    const found = await gitlab.Pipelines.all(path, {
      sha: commit,
      orderBy: 'id',
      sort: 'desc',
      perPage: PAGE_SIZE,
      page: 1,
    });
    if (found.length > 0) return combineChecks(answers.pipelineStates(found));
    const requests = await gitlab.Commits.allMergeRequests(path, commit);
    const own = requests.find(({ sha, state }) => sha === commit && state === 'opened');
    if (own === undefined) return 'none';
    const [newest] = await gitlab.MergeRequests.allPipelines(path, own.iid);
    return combineChecks(newest === undefined ? [] : answers.pipelineStates([newest]));
  }

  return {
    address,
    list,
    find,
    open,
    decorate,
    close,
    checks,
    async update({ path }, number, { title, body }) {
      const draft = answers.TITLE.isDraft((await request(path, number)).title);
      await gitlab.MergeRequests.edit(path, number, {
        title: answers.TITLE.write(title, draft),
        description: body,
      });
    },
  };
}
