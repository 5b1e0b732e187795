import type { ForgeRepository, ForgeRequest } from './forge-model.js';
import {
  addTo,
  namesOf,
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

const SEARCH_LIMIT = 1000;

const pathOf = (call: Call): string =>
  repositoryAt(call, `${call.parts['owner'] ?? ''}/${call.parts['repo'] ?? ''}`).path;

const requestOf = (call: Call): ForgeRequest =>
  requestAt(call, pathOf(call), call.parts['pull_number'] ?? call.parts['issue_number']);

const done = (body: unknown, status = 200): Reply => ({ status, body });

function listed<T>(call: Call, all: readonly T[], show: (item: T) => unknown): Reply {
  const { items, headers } = page(call, all, 'per_page', 100);
  return { status: 200, headers, body: items.map(show) };
}

const showRepository = (call: Call) => (one: ForgeRepository) => ({
  id: call.model.idOf(one.path),
  full_name: one.path,
  private: one.private ?? false,
  fork: one.fork ?? false,
  archived: one.archived ?? false,
  default_branch: one.defaultBranch ?? 'main',
  topics: one.topics ?? [],
  clone_url: `${call.origin}/${one.path}.git`,
});

const showRequest = ({ origin, model }: Call) => {
  const repo = (path: string): unknown => ({ id: model.idOf(path), full_name: path });
  return (one: ForgeRequest) => ({
    number: one.number,
    html_url: `${origin}/${one.repository}/pull/${one.number}`,
    state: one.state === 'open' ? 'open' : 'closed',
    merged_at: one.state === 'merged' ? '2026-01-01T00:00:00Z' : null,
    draft: one.draft,
    title: one.title,
    body: one.body === '' ? null : one.body,
    head: { ref: one.branch, sha: one.commit, repo: repo(one.from) },
    base: { ref: one.base, repo: repo(one.repository) },
    labels: one.labels.map((name) => ({ name })),
    assignees: one.assignees.map((login) => ({ login })),
  });
};

function search(call: Call): Reply {
  const words = (call.query.get('q') ?? '').split(/\s+/).filter((word) => word !== '');
  const values = (name: string): string[] =>
    words.flatMap((word) => (word.startsWith(`${name}:`) ? [word.slice(name.length + 1)] : []));
  const owners = [...values('org'), ...values('user')];
  const found = call.model.repositories.filter(
    ({ path, topics = [], archived = false, fork = false }) =>
      (owners.length === 0 || owners.includes(path.split('/')[0] ?? '')) &&
      values('topic').every((topic) => topics.includes(topic)) &&
      values('archived').every((value) => value === String(archived)) &&
      (!fork || values('fork').includes('true')) &&
      words.every((word) => word.includes(':') || path.includes(word)),
  );
  const { items, headers } = page(call, found.slice(0, SEARCH_LIMIT), 'per_page', 100);
  const body = { total_count: found.length, incomplete_results: false, items: items.map(showRepository(call)) };
  return { status: 200, headers, body };
}

function listRequests(call: Call): Reply {
  const state = call.query.get('state') ?? 'open';
  const head = call.query.get('head');
  const found = call.model
    .requestsOf(pathOf(call))
    .filter((one) => state === 'all' || (one.state === 'open') === (state === 'open'))
    .filter((one) => head === null || head === `${one.from.split('/')[0] ?? ''}:${one.branch}`);
  return listed(call, call.query.get('direction') === 'asc' ? found.toReversed() : found, showRequest(call));
}

function createRequest(call: Call): Reply {
  const { path: repository, archived = false } = repositoryAt(call, pathOf(call));
  if (archived) throw new Refusal(403, { message: 'Repository was archived so is read-only.' });
  const [branch, base] = [textOf(call, 'head') ?? '', textOf(call, 'base') ?? ''];
  const fields = { branch: 'head', base: 'base', body: 'body' };
  const made = openRequest(call, repository, fields, () => call.body['draft'] === true);
  if (typeof made !== 'string') return done(showRequest(call)(made), 201);
  const resource = 'PullRequest';
  const errors = {
    exists: {
      resource,
      code: 'custom',
      message: `A pull request already exists for ${repository.split('/')[0] ?? ''}:${branch}.`,
    },
    'no branch': { resource, field: 'head', code: 'invalid' },
    'no base': { resource, field: 'base', code: 'invalid' },
    'no commits': { resource, code: 'custom', message: `No commits between ${base} and ${branch}` },
  };
  throw new Refusal(422, {
    message: 'Validation Failed',
    errors: [errors[made]],
    documentation_url: 'https://docs.github.com/rest',
  });
}

function changeRequest(call: Call): Reply {
  const request = requestOf(call);
  request.title = textOf(call, 'title') ?? request.title;
  request.body = textOf(call, 'body') ?? request.body;
  const state = textOf(call, 'state');
  if (state !== undefined && request.state !== 'merged') request.state = state === 'closed' ? 'closed' : 'open';
  return done(showRequest(call)(request));
}

function askReviewers(call: Call): Reply {
  const request = requestOf(call);
  const people = namesOf(call, 'reviewers');
  if (!people.every((name) => call.model.users.has(name)))
    throw new Refusal(422, { message: 'Reviews may only be requested from collaborators.' });
  addTo(request.reviewers, [...people, ...namesOf(call, 'team_reviewers')]);
  return done(showRequest(call)(request), 201);
}

/** Unknown people are silently left out. */
function assign(call: Call): Reply {
  const request = requestOf(call);
  addTo(
    request.assignees,
    namesOf(call, 'assignees').filter((name) => call.model.users.has(name)),
  );
  return done(showRequest(call)(request), 201);
}

function runs(call: Call, key: string, commit: string): Reply {
  pathOf(call);
  const found = call.model.checksOf(commit, 'run');
  const { items, headers } = page(call, found, 'per_page', 100);
  const shown = items.map((colour) => ({
    status: colour === 'pending' ? 'in_progress' : 'completed',
    conclusion: { green: 'success', red: 'failure', pending: null }[colour],
  }));
  return { status: 200, headers, body: { total_count: found.length, [key]: shown } };
}

function checkRuns(call: Call): Reply {
  if (call.model.hidesCheckRuns)
    throw new Refusal(403, { message: 'Resource not accessible by personal access token' });
  return runs(call, 'check_runs', call.parts['ref'] ?? '');
}

/** Without any status, GitHub says pending. */
function combinedStatus(call: Call): Reply {
  pathOf(call);
  const found = call.model.checksOf(call.parts['ref'] ?? '', 'status');
  const green = found.length > 0 && found.every((colour) => colour === 'green');
  const state = found.includes('red') ? 'failure' : green ? 'success' : 'pending';
  return done({ state, total_count: found.length, statuses: [] });
}

function listOwned(call: Call, exists: boolean, owner: string, all: boolean): Reply {
  if (!exists) throw new Refusal(404, { message: 'Not Found' });
  const found = call.model.ownedBy(owner).filter((one) => all || one.private !== true);
  return listed(call, found, showRepository(call));
}

const REPO = '/repos/{owner}/{repo}';

/** The part of GitHub's REST API that dockmod uses. */
export const githubApi: Api = {
  kind: 'github',
  prefix: '/api/v3',
  routes: {
    'GET /orgs/{org}/repos': (call) => {
      const { org = '' } = call.parts;
      return listOwned(call, call.model.hasOrganization(org), org, true);
    },
    'GET /users/{username}/repos': (call) => {
      const { username = '' } = call.parts;
      return listOwned(call, call.model.users.has(username), username, false);
    },
    'GET /user': ({ model }) => done({ login: model.me }),
    'GET /user/repos': (call) => listOwned(call, true, call.model.me, true),
    'GET /search/repositories': search,
    [`GET ${REPO}/pulls`]: listRequests,
    [`POST ${REPO}/pulls`]: createRequest,
    [`GET ${REPO}/pulls/{pull_number}`]: (call) => done(showRequest(call)(requestOf(call))),
    [`PATCH ${REPO}/pulls/{pull_number}`]: changeRequest,
    [`POST ${REPO}/pulls/{pull_number}/requested_reviewers`]: askReviewers,
    [`POST ${REPO}/issues/{issue_number}/labels`]: (call) => {
      const { labels } = requestOf(call);
      addTo(labels, namesOf(call, 'labels'));
      return done(labels.map((name) => ({ name })));
    },
    [`POST ${REPO}/issues/{issue_number}/assignees`]: assign,
    [`GET ${REPO}/issues/{issue_number}/comments`]: (call) =>
      listed(call, [...requestOf(call).comments.entries()], ([id, body]) => ({ id, body })),
    [`POST ${REPO}/issues/{issue_number}/comments`]: (call) => {
      const id = requestOf(call).comments.push(textOf(call, 'body') ?? '');
      return done({ id }, 201);
    },
    [`GET ${REPO}/commits/{ref}/check-runs`]: checkRuns,
    [`GET ${REPO}/commits/{ref}/status`]: combinedStatus,
    [`GET ${REPO}/actions/runs`]: (call) => runs(call, 'workflow_runs', call.query.get('head_sha') ?? ''),
  },
};
