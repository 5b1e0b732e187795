import type { CheckColour, ForgeRepository, ForgeRequest } from './forge-model.js';
import {
  addTo,
  numbersOf,
  openRequest,
  page,
  Refusal,
  repositoryAt,
  requestAt,
  textOf,
  type Api,
  type Call,
} from './forge-routes.js';
import type { Reply } from './forge-routes.js';

const pathOf = (call: Call): string => repositoryAt(call, call.parts['id'] ?? '').path;

const requestOf = (call: Call): ForgeRequest =>
  requestAt(call, pathOf(call), call.parts['merge_request_iid'] ?? call.parts['noteable_id']);

const done = (body: unknown, status = 200): Reply => ({ status, body });

function listed<T>(call: Call, all: readonly T[], show: (item: T) => unknown): Reply {
  const { items, headers, next } = page(call, all, 'per_page', 100);
  const told = {
    'x-page': call.query.get('page') ?? '1',
    'x-next-page': String(next ?? ''),
    'x-total': String(all.length),
  };
  return { status: 200, headers: { ...headers, ...told }, body: items.map(show) };
}

const showProject = (call: Call) => (one: ForgeRepository) => ({
  id: call.model.idOf(one.path),
  path_with_namespace: one.path,
  http_url_to_repo: `${call.origin}/${one.path}.git`,
  default_branch: one.defaultBranch ?? 'main',
  archived: one.archived ?? false,
  topics: one.topics ?? [],
  ...(one.fork === true ? { forked_from_project: { id: 9 } } : {}),
});

const showRequest = ({ origin, model }: Call) => {
  const people = (names: readonly string[]): unknown =>
    names.map((username) => ({ id: model.users.get(username), username }));
  return (one: ForgeRequest) => ({
    iid: one.number,
    web_url: `${origin}/${one.repository}/-/merge_requests/${one.number}`,
    state: one.state === 'open' ? 'opened' : one.state,
    sha: one.commit,
    title: one.title,
    description: one.body,
    draft: one.draft,
    source_branch: one.branch,
    source_project_id: model.idOf(one.from),
    target_project_id: model.idOf(one.repository),
    labels: one.labels,
    assignees: people(one.assignees),
    reviewers: people(one.reviewers),
  });
};

function projects(call: Call, within: string): Reply {
  const { query } = call;
  const deep = query.get('include_subgroups') === 'true';
  const found = call.model.repositories.filter(
    ({ path, archived = false, topics = [] }) =>
      path.startsWith(within) &&
      (deep || within === '' || !path.slice(within.length).includes('/')) &&
      (query.get('archived') ?? String(archived)) === String(archived) &&
      (query.get('topic') === null || topics.includes(query.get('topic') ?? '')) &&
      path.includes(query.get('search') ?? ''),
  );
  return listed(call, found, showProject(call));
}

function ownedProjects(call: Call, owner: string): Reply {
  if (!call.model.repositories.some(({ path }) => path.startsWith(`${owner}/`)))
    throw new Refusal(404, { message: '404 Group Not Found' });
  return projects(call, `${owner}/`);
}

function listRequests(call: Call): Reply {
  const { query } = call;
  const found = call.model
    .requestsOf(pathOf(call))
    .filter((one) => (query.get('source_branch') ?? one.branch) === one.branch);
  return listed(call, query.get('sort') === 'asc' ? found.toReversed() : found, showRequest(call));
}

function createRequest(call: Call): Reply {
  const fields = { branch: 'source_branch', base: 'target_branch', body: 'description' };
  const made = openRequest(call, pathOf(call), fields, (title) => title.startsWith('Draft: '));
  if (typeof made !== 'string') return done(showRequest(call)(made), 201);
  if (made === 'exists')
    throw new Refusal(409, { message: ['Another open merge request already exists for this source branch: !1'] });
  throw new Refusal(422, { message: { base: [made] } });
}

function changeRequest(call: Call): Reply {
  const request = requestOf(call);
  const { model } = call;
  request.title = textOf(call, 'title') ?? request.title;
  request.draft = request.title.startsWith('Draft: ');
  request.body = textOf(call, 'description') ?? request.body;
  if (textOf(call, 'state_event') === 'close') request.state = 'closed';
  addTo(request.labels, (textOf(call, 'add_labels') ?? '').split(',').filter(Boolean));
  for (const [key, list] of [
    ['reviewer_ids', request.reviewers],
    ['assignee_ids', request.assignees],
  ] as const) {
    if (call.body[key] === undefined) continue;
    const ids = numbersOf(call, key);
    const names = [...model.users].flatMap(([name, id]) => (ids.includes(id) ? [name] : []));
    list.splice(0, list.length, ...names.slice(0, model.onePerson ? 1 : undefined));
  }
  return done(showRequest(call)(request));
}

const STATUS: Readonly<Record<CheckColour, string>> = { green: 'success', red: 'failed', pending: 'running' };

const showPipelines = (colours: readonly CheckColour[]): Reply =>
  done(colours.map((colour, index) => ({ id: index, status: STATUS[colour], source: `job ${index}`, ref: 'x' })));

function users({ model, query }: Call): Reply {
  const username = query.get('username') ?? '';
  const id = model.users.get(username);
  return done(id === undefined ? [] : [{ id, username }]);
}

function requestsOfCommit(call: Call): Reply {
  const found = call.model.requestsOf(pathOf(call)).filter(({ commit }) => commit === call.parts['sha']);
  return done(found.map(showRequest(call)));
}

const PROJECT = '/projects/{id}';
const REQUEST = `${PROJECT}/merge_requests/{merge_request_iid}`;
const NOTES = `${PROJECT}/merge_requests/{noteable_id}/notes`;

/** The part of GitLab's REST API that dockmod uses. */
export const gitlabApi: Api = {
  kind: 'gitlab',
  prefix: '/api/v4',
  routes: {
    'GET /groups/{id}/projects': (call) => ownedProjects(call, call.parts['id'] ?? ''),
    'GET /users/{user_id}/projects': (call) => ownedProjects(call, call.parts['user_id'] ?? ''),
    'GET /projects': (call) => projects(call, ''),
    'GET /users': users,
    [`GET ${PROJECT}/merge_requests`]: listRequests,
    [`POST ${PROJECT}/merge_requests`]: createRequest,
    [`GET ${REQUEST}`]: (call) => done(showRequest(call)(requestOf(call))),
    [`PUT ${REQUEST}`]: changeRequest,
    [`GET ${NOTES}`]: (call) =>
      listed(call, [...requestOf(call).comments.entries()].toReversed(), ([id, body]) => ({ id, body })),
    [`POST ${NOTES}`]: (call) => {
      const id = requestOf(call).comments.push(textOf(call, 'body') ?? '');
      return done({ id }, 201);
    },
    [`GET ${REQUEST}/pipelines`]: (call) => showPipelines(call.model.checksOf(requestOf(call).commit, 'merged')),
    [`GET ${PROJECT}/pipelines`]: (call) => {
      pathOf(call);
      return showPipelines(call.model.checksOf(call.query.get('sha') ?? '', 'run', 'status'));
    },
    [`GET ${PROJECT}/repository/commits/{sha}/merge_requests`]: requestsOfCommit,
  },
};
