import { Gitlab } from '@gitbeaker/rest';
import { createRequesterFn, type RequestHandlerFn } from '@gitbeaker/requester-utils';
import { HTTPError } from 'ky';
import type { Decoration, Forge, ForgeAddress, ForgeQuery, NewPullRequest, PullRequest, Repository } from '../types.js';
import { combineChecks, type CheckState } from './checks.js';
import { guarded } from './guarded.js';
import { httpError, messageOf, openHttp, type ForgeOptions } from './http.js';

interface GitLabProject {
  readonly path_with_namespace: string;
  readonly http_url_to_repo: string;
  readonly default_branch?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly forked_from_project?: unknown;
  readonly topics?: readonly string[] | undefined;
}

interface GitLabRequest {
  readonly iid: number;
  readonly web_url: string;
  readonly state: string;
  readonly sha?: string | null | undefined;
  readonly title: string;
  readonly description?: string | null | undefined;
}

const PAGE = 100;

/** GitLab, by gitbeaker over dockmod's own HTTP client: that one waits as long as the forge asks. */
export function openGitLab(address: ForgeAddress, options: ForgeOptions): Forge {
  const { token } = options;
  const gitlab = new Gitlab({
    host: address.api.replace(/\/api\/v4$/, ''),
    token: token ?? '',
    requesterFn: createRequesterFn((_, request) => Promise.resolve(request), requestHandler(options)),
  });

  async function* list(query: ForgeQuery): AsyncGenerator<Repository> {
    for await (const project of projects(query)) {
      if (project.archived === true && !query.archived) continue;
      if (project.forked_from_project !== undefined && !query.forks) continue;
      if (query.topic !== undefined && project.topics?.includes(query.topic) === false) continue;
      const { path_with_namespace: path, http_url_to_repo: url, default_branch: defaultBranch } = project;
      yield { id: `${address.host}/${path}`, url, forge: address, path, defaultBranch };
    }
  }

  async function* projects({ group, user, topic, search, archived }: ForgeQuery): AsyncGenerator<GitLabProject> {
    const filter = {
      ...(search === undefined ? {} : { search }),
      ...(topic === undefined ? {} : { topic }),
      ...(archived ? {} : { archived: false }),
    };
    for (let page = 1; ; page++) {
      const paging = { perPage: PAGE, page, maxPages: 1, pagination: 'offset' as const };
      const items: readonly unknown[] =
        group !== undefined
          ? await gitlab.Groups.allProjects(group, { ...filter, ...paging, includeSubgroups: true })
          : user !== undefined
            ? await gitlab.Users.allProjects(user, { ...filter, ...paging })
            : await gitlab.Projects.all({ ...filter, ...paging });
      yield* items as readonly GitLabProject[];
      if (items.length < PAGE) return;
    }
  }

  async function find({ path }: Repository, branch: string): Promise<PullRequest | undefined> {
    const found = (await gitlab.MergeRequests.all({
      projectId: path,
      sourceBranch: branch,
      orderBy: 'created_at',
      sort: 'desc',
      perPage: 20,
      maxPages: 1,
    })) as unknown as readonly GitLabRequest[];
    const newest = found.find(({ state }) => state === 'opened') ?? found[0];
    return newest && pullRequestOf(newest);
  }

  /** GitLab takes one open request a branch: what may have had an effect is looked for before it is sent again. */
  async function open(repository: Repository, request: NewPullRequest): Promise<PullRequest> {
    const { branch, base, body, draft } = request;
    const title = draft ? `Draft: ${request.title}` : request.title;
    const send = async (): Promise<PullRequest> =>
      pullRequestOf(
        await gitlab.MergeRequests.create(repository.path, branch, base, title, {
          description: body,
        }),
      );
    try {
      return await send();
    } catch (error) {
      const status = error instanceof HTTPError ? error.response.status : 0;
      if (status !== 409 && status !== 0 && status < 500) throw error;
      const there = await find(repository, branch);
      if (there?.state === 'open') return there;
      if (status === 409) throw error;
      return send();
    }
  }

  async function decorate({ path }: Repository, number: number, decoration: Decoration): Promise<string[]> {
    const { labels, reviewers, assignees } = decoration;
    const problems: string[] = [];
    const [reviewerIds, assigneeIds] = [await idsOf(reviewers, problems), await idsOf(assignees, problems)];
    if (labels.length + reviewerIds.length + assigneeIds.length === 0) return problems;
    try {
      await gitlab.MergeRequests.edit(path, number, {
        ...(labels.length === 0 ? {} : { addLabels: labels.join(',') }),
        ...(reviewerIds.length === 0 ? {} : { reviewerIds }),
        ...(assigneeIds.length === 0 ? {} : { assigneeIds }),
      });
    } catch (error) {
      problems.push(messageOf(await httpError(error, address, token)));
    }
    return problems;
  }

  async function idsOf(names: readonly string[], problems: string[]): Promise<number[]> {
    const ids: number[] = [];
    for (const name of names) {
      const [user] = await gitlab.Users.all({ username: name });
      if (user === undefined) problems.push(`there is no user ${name}`);
      else ids.push(user.id);
    }
    return ids;
  }

  return guarded(
    {
      address,
      list,
      find,
      open,
      decorate,
      async update({ path }, number, { title, body }) {
        await gitlab.MergeRequests.edit(path, number, { title, description: body });
      },
      async close({ path }, number, comment) {
        if (comment !== '') await gitlab.MergeRequestNotes.create(path, number, comment);
        await gitlab.MergeRequests.edit(path, number, { stateEvent: 'close' });
      },
      async checks({ path }, commit) {
        const { last_pipeline: pipeline } = (await gitlab.Commits.show(path, commit)) as unknown as {
          last_pipeline?: { readonly status: string } | null;
        };
        return combineChecks(pipeline == null ? [] : [PIPELINE[pipeline.status] ?? 'pending']);
      },
    },
    (error) => httpError(error, address, token),
  );
}

/** A pipeline that waits for a person is not red. */
const PIPELINE: Readonly<Record<string, CheckState>> = {
  success: 'green',
  skipped: 'green',
  manual: 'green',
  failed: 'red',
  canceled: 'red',
};

function requestHandler(options: ForgeOptions): RequestHandlerFn {
  const http = openHttp({}, options);
  return async (endpoint, given = {}) => {
    const { prefixUrl, searchParams, method, headers, body, signal } = given as {
      prefixUrl?: string;
      searchParams?: string;
      method?: string;
      headers?: Record<string, string>;
      body?: string;
      signal?: AbortSignal;
    };
    const url = new URL(endpoint, prefixUrl?.endsWith('/') === false ? `${prefixUrl}/` : prefixUrl);
    url.search = searchParams ?? '';
    const answer = await http(url, {
      method: method ?? 'GET',
      headers: headers ?? {},
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const json = answer.headers.get('content-type')?.includes('application/json') === true;
    return {
      body: json ? await answer.json<Record<string, unknown>>() : await answer.text(),
      headers: Object.fromEntries(answer.headers),
      status: answer.status,
    };
  };
}

function pullRequestOf({ iid, web_url, state, sha, title, description }: GitLabRequest): PullRequest {
  return {
    number: iid,
    url: web_url,
    state: state === 'merged' ? 'merged' : state === 'opened' || state === 'locked' ? 'open' : 'closed',
    commit: sha ?? undefined,
    title,
    body: description ?? '',
  };
}
