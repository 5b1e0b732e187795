import type { ForgeModel, ForgeRepository, ForgeRequest } from './forge-model.js';
import { page, type Api, type Call, type Reply } from './forge.js';

/** GitLab's REST API, as far as dockmod speaks it. */
export const gitlabApi: Api = (model, call, base) => {
  const { method, path, query } = call;
  const origin = new URL(base).origin;
  const listing = /^\/(?:groups|users)\/([^/]+)\/projects$/.exec(path);
  if (listing !== null) {
    const owner = decodeURIComponent(listing[1] ?? '');
    const found = model.repositories.filter(
      ({ path: one, archived = false }) =>
        one.startsWith(`${owner}/`) && (query.get('archived') === null || String(archived) === query.get('archived')),
    );
    return page(
      found.map((one) => projectOf(one, origin)),
      call,
      base,
      'per_page',
    );
  }
  if (path === '/users') {
    const id = model.users.get(query.get('username') ?? '');
    return { status: 200, body: id === undefined ? [] : [{ id, username: query.get('username') }] };
  }
  const [, id = '', rest = ''] = /^\/projects\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const repository = decodeURIComponent(id);
  if (model.repository(repository) === undefined) return { status: 404, body: { message: '404 Project Not Found' } };
  const commit = /^\/repository\/commits\/([^/]+)$/.exec(rest);
  if (commit !== null) return showCommit(model, commit[1] ?? '');
  if (rest === '/merge_requests' && method === 'GET') return listRequests(model, repository, call, base);
  if (rest === '/merge_requests' && method === 'POST') return createRequest(model, repository, call, origin);
  const [, number, part = ''] = /^\/merge_requests\/(\d+)(?:\/(\w+))?$/.exec(rest) ?? [];
  const request = number === undefined ? undefined : model.request(repository, Number(number));
  return request && changeRequest(model, request, part, call, origin);
};

function projectOf({ path, archived = false, fork = false, topics = [] }: ForgeRepository, origin: string) {
  return {
    path_with_namespace: path,
    http_url_to_repo: `${origin}/${path}.git`,
    default_branch: 'main',
    archived,
    topics,
    ...(fork ? { forked_from_project: { id: 9 } } : {}),
  };
}

function listRequests(model: ForgeModel, repository: string, call: Call, base: string): Reply {
  const branch = call.query.get('source_branch');
  const found = model.requests.filter(
    (one) => one.repository === repository && (branch === null || one.branch === branch),
  );
  return page(
    found.toReversed().map((one) => requestOf(model, one, new URL(base).origin)),
    call,
    base,
    'per_page',
  );
}

function createRequest(model: ForgeModel, repository: string, { body }: Call, origin: string): Reply {
  const { source_branch: branch, target_branch, title, description } = body as Record<string, string>;
  const draft = title?.startsWith('Draft: ') === true;
  const made = model.open(repository, {
    branch: branch ?? '',
    base: target_branch ?? '',
    title: title ?? '',
    body: description ?? '',
    draft,
  });
  if (made === 'exists')
    return { status: 409, body: { message: ['Another open merge request already exists for this source branch: !1'] } };
  if (made === 'no branch') return { status: 400, body: { message: { source_branch: ['does not exist'] } } };
  return { status: 201, body: requestOf(model, made, origin) };
}

function requestOf(model: ForgeModel, request: ForgeRequest, origin: string) {
  const { number, repository, branch, state, title, body } = request;
  return {
    iid: number,
    web_url: `${origin}/${repository}/-/merge_requests/${number}`,
    state: state === 'open' ? 'opened' : state,
    sha: model.head(repository, branch) ?? null,
    title,
    description: body,
  };
}

function changeRequest(
  model: ForgeModel,
  request: ForgeRequest,
  part: string,
  { method, body }: Call,
  origin: string,
): Reply | undefined {
  const namesOf = (key: string): string[] => {
    const ids = (body[key] as number[] | undefined) ?? [];
    return [...model.users].flatMap(([name, id]) => (ids.includes(id) ? [name] : []));
  };
  if (part === 'notes') request.comments.push(String(body['body']));
  else if (part === '' && method === 'PUT') {
    if (body['state_event'] === 'close') request.state = 'closed';
    if (typeof body['title'] === 'string') request.title = body['title'];
    if (typeof body['description'] === 'string') request.body = body['description'];
    if (typeof body['add_labels'] === 'string') request.labels.push(...body['add_labels'].split(','));
    request.reviewers.push(...namesOf('reviewer_ids'));
    request.assignees.push(...namesOf('assignee_ids'));
  } else return undefined;
  return { status: part === '' ? 200 : 201, body: requestOf(model, request, origin) };
}

function showCommit(model: ForgeModel, commit: string): Reply {
  const status = { green: 'success', red: 'failed', pending: 'running' } as const;
  const colour = model.checks.get(commit);
  return { status: 200, body: { id: commit, last_pipeline: colour === undefined ? null : { status: status[colour] } } };
}
