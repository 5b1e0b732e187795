import type { ForgeRepository, ForgeRequest } from './forge-model.js';
import {
  addTo,
  namesOf,
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

/** The largest page of an instance. */
const MOST = 50;

const pathOf = (call: Call): string =>
  repositoryAt(call, `${call.parts['owner'] ?? ''}/${call.parts['repo'] ?? ''}`).path;

const requestOf = (call: Call): ForgeRequest => requestAt(call, pathOf(call), call.parts['index']);

const done = (body: unknown, status = 200): Reply => ({ status, body });

function listed<T>(call: Call, all: readonly T[], show: (item: T) => unknown): Reply {
  const { items, headers } = page(call, all, 'limit', MOST);
  return { status: 200, headers: { ...headers, 'x-total-count': String(all.length) }, body: items.map(show) };
}

const showRepository = (call: Call) => (one: ForgeRepository) => ({
  id: call.model.idOf(one.path),
  full_name: one.path,
  clone_url: `${call.origin}/${one.path}.git`,
  default_branch: one.defaultBranch ?? 'main',
  archived: one.archived ?? false,
  fork: one.fork ?? false,
  private: one.private ?? false,
});

const showRequest =
  ({ origin, model }: Call) =>
  (one: ForgeRequest) => ({
    number: one.number,
    html_url: `${origin}/${one.repository}/pulls/${one.number}`,
    state: one.state === 'open' ? 'open' : 'closed',
    merged: one.state === 'merged',
    draft: one.draft,
    title: one.title,
    body: one.body,
    head: { ref: one.branch, sha: one.commit, repo_id: model.idOf(one.from) },
    base: { ref: one.base, repo_id: model.idOf(one.repository) },
    assignees: one.assignees.length === 0 ? null : one.assignees.map((login) => ({ login })),
  });

function listOwned(call: Call, exists: boolean, owner: string): Reply {
  if (!exists) throw new Refusal(404, { message: "The target couldn't be found." });
  return listed(call, call.model.ownedBy(owner), showRepository(call));
}

/** Ids of organizations are large, so that they differ from those of users. */
const OWNERS = 1000;

function ownerId({ model }: Call, owner: string): number {
  const names = [...new Set(model.repositories.map(({ path }) => path.split('/')[0] ?? ''))];
  return OWNERS + names.indexOf(owner);
}

function showOwner(call: Call, exists: boolean, owner: string): Reply {
  if (!exists) throw new Refusal(404, { message: "The target couldn't be found." });
  return done({ id: ownerId(call, owner) });
}

function search(call: Call): Reply {
  const { query, model } = call;
  const words = query.get('q') ?? '';
  const found = model.repositories.filter(
    ({ path, topics = [], archived = false }) =>
      (query.get('topic') === 'true' ? topics.includes(words) : path.includes(words)) &&
      (query.get('uid') === null || query.get('uid') === String(ownerId(call, path.split('/')[0] ?? ''))) &&
      (query.get('archived') ?? String(archived)) === String(archived),
  );
  const reply = listed(call, found, showRepository(call));
  return { ...reply, body: { ok: true, data: reply.body } };
}

function listRequests(call: Call): Reply {
  const state = call.query.get('state') ?? 'open';
  const found = call.model
    .requestsOf(pathOf(call))
    .filter((one) => state === 'all' || (one.state === 'open') === (state === 'open'));
  return listed(call, found, showRequest(call));
}

function createRequest(call: Call): Reply {
  const fields = { branch: 'head', base: 'base', body: 'body' };
  const made = openRequest(call, pathOf(call), fields, (title) => title.startsWith('WIP: '));
  if (typeof made !== 'string') return done(showRequest(call)(made), 201);
  if (made === 'exists') throw new Refusal(409, { message: 'pull request already exists for these targets [id: 1]' });
  throw new Refusal(404, { errors: [made], message: "The target couldn't be found." });
}

function changeRequest(call: Call): Reply {
  const request = requestOf(call);
  request.title = textOf(call, 'title') ?? request.title;
  request.draft = request.title.startsWith('WIP: ');
  request.body = textOf(call, 'body') ?? request.body;
  if (textOf(call, 'state') === 'closed') request.state = 'closed';
  const people = namesOf(call, 'assignees');
  const unknown = people.find((name) => !call.model.users.has(name));
  if (unknown !== undefined) throw new Refusal(422, { message: `Assignee does not exist: [name: ${unknown}]` });
  if (people.length > 0) request.assignees.splice(0, request.assignees.length, ...people);
  return done(showRequest(call)(request), 201);
}

function askReviewers(call: Call): Reply {
  const request = requestOf(call);
  const people = namesOf(call, 'reviewers');
  if (!people.every((name) => call.model.users.has(name)))
    throw new Refusal(404, { message: 'user does not exist [name: x]' });
  addTo(request.reviewers, [...people, ...namesOf(call, 'team_reviewers')]);
  return done([], 201);
}

function addLabels(call: Call): Reply {
  const { labels } = requestOf(call);
  const ids = numbersOf(call, 'labels');
  const found = [...call.model.labels].filter(([, id]) => ids.includes(id));
  addTo(
    labels,
    found.map(([name]) => name),
  );
  return done(found.map(([name, id]) => ({ id, name })));
}

function createLabel(call: Call): Reply {
  pathOf(call);
  const name = textOf(call, 'name') ?? '';
  const id = 100 + call.model.labels.size;
  call.model.labels.set(name, id);
  return done({ id, name }, 201);
}

function combinedStatus(call: Call): Reply {
  pathOf(call);
  const found = call.model.checksOf(call.parts['ref'] ?? '', 'run', 'status');
  const status = { green: 'success', red: 'failure', pending: 'pending' } as const;
  const { items, headers } = page(call, found, 'limit', MOST);
  const statuses = items.length === 0 ? null : items.map((colour) => ({ status: status[colour] }));
  return { status: 200, headers, body: { state: '', total_count: found.length, statuses } };
}

const REPO = '/repos/{owner}/{repo}';

/** The part of Gitea's REST API that dockmod uses. */
export const giteaApi: Api = {
  kind: 'gitea',
  prefix: '/api/v1',
  routes: {
    'GET /orgs/{org}': (call) => {
      const { org = '' } = call.parts;
      return showOwner(call, call.model.hasOrganization(org), org);
    },
    'GET /orgs/{org}/repos': (call) => {
      const { org = '' } = call.parts;
      return listOwned(call, call.model.hasOrganization(org), org);
    },
    // Organizations have no labels of their own here.
    'GET /orgs/{org}/labels': (call) => listed(call, [], (label) => label),
    'GET /users/{username}': (call) => {
      const { username = '' } = call.parts;
      return showOwner(call, call.model.users.has(username), username);
    },
    'GET /users/{username}/repos': (call) => {
      const { username = '' } = call.parts;
      return listOwned(call, call.model.users.has(username), username);
    },
    'GET /repos/search': search,
    [`GET ${REPO}/pulls`]: listRequests,
    [`POST ${REPO}/pulls`]: createRequest,
    [`GET ${REPO}/pulls/{index}`]: (call) => done(showRequest(call)(requestOf(call))),
    [`PATCH ${REPO}/pulls/{index}`]: changeRequest,
    [`POST ${REPO}/pulls/{index}/requested_reviewers`]: askReviewers,
    [`GET ${REPO}/labels`]: (call) => listed(call, [...call.model.labels], ([name, id]) => ({ id, name })),
    [`POST ${REPO}/labels`]: createLabel,
    [`POST ${REPO}/issues/{index}/labels`]: addLabels,
    [`GET ${REPO}/issues/{index}/comments`]: (call) => done(requestOf(call).comments.map((body, id) => ({ id, body }))),
    [`POST ${REPO}/issues/{index}/comments`]: (call) => {
      const id = requestOf(call).comments.push(textOf(call, 'body') ?? '');
      return done({ id }, 201);
    },
    [`GET ${REPO}/commits/{ref}/status`]: combinedStatus,
  },
};
