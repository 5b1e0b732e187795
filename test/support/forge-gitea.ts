import type { ForgeModel, ForgeRepository, ForgeRequest } from './forge-model.js';
import { page, type Api, type Call, type Reply } from './forge.js';

/** Gitea's REST API, as far as dockmod speaks it. */
export const giteaApi: Api = (model, call, base) => {
  const { method, path } = call;
  const origin = new URL(base).origin;
  const listing = /^\/(?:orgs|users)\/([^/]+)\/repos$/.exec(path);
  const owned = (owner: string): readonly ForgeRepository[] =>
    model.repositories.filter((one) => one.path.startsWith(`${owner}/`));
  if (listing !== null)
    return page(
      owned(listing[1] ?? '').map((one) => repositoryOf(one, origin)),
      call,
      base,
      'limit',
    );
  if (path === '/repos/search') return search(model, call, base);
  const [, repository = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  if (model.repository(repository) === undefined) return undefined;
  const commit = /^\/commits\/([^/]+)\/status$/.exec(rest);
  if (commit !== null) return status(model, commit[1] ?? '');
  if (rest === '/labels')
    return page(
      [...model.labels].map(([name, id]) => ({ name, id })),
      call,
      base,
      'limit',
    );
  if (rest === '/pulls' && method === 'GET') return listPulls(model, repository, call, base);
  if (rest === '/pulls' && method === 'POST') return createPull(model, repository, call, origin);
  const [, number, part = ''] = /^\/(?:pulls|issues)\/(\d+)(?:\/(\w+))?$/.exec(rest) ?? [];
  const request = number === undefined ? undefined : model.request(repository, Number(number));
  return request && changePull(model, request, part, call, origin);
};

function repositoryOf({ path, archived = false, fork = false }: ForgeRepository, origin: string) {
  return { full_name: path, clone_url: `${origin}/${path}.git`, default_branch: 'main', archived, fork };
}

function search(model: ForgeModel, call: Call, base: string): Reply {
  const words = call.query.get('q') ?? '';
  const byTopic = call.query.get('topic') === 'true';
  const found = model.repositories.filter(({ path, topics = [] }) =>
    byTopic ? topics.includes(words) : path.includes(words),
  );
  const reply = page(
    found.map((one) => repositoryOf(one, new URL(base).origin)),
    call,
    base,
    'limit',
  );
  return { ...reply, body: { ok: true, data: reply.body } };
}

function listPulls(model: ForgeModel, repository: string, call: Call, base: string): Reply {
  const wanted = call.query.get('state') ?? 'open';
  const found = model.requests.filter(
    (one) => one.repository === repository && (wanted === 'open') === (one.state === 'open'),
  );
  return page(
    found.toReversed().map((one) => pullOf(model, one, new URL(base).origin)),
    call,
    base,
    'limit',
  );
}

function createPull(model: ForgeModel, repository: string, { body }: Call, origin: string): Reply {
  const { head, base, title, body: text } = body as { head: string; base: string; title: string; body: string };
  const draft = title.startsWith('WIP: ');
  const made = model.open(repository, { branch: head, base, title, body: text, draft });
  if (made === 'exists') return { status: 409, body: { message: 'pull request already exists for these targets' } };
  if (made === 'no branch') return { status: 404, body: { message: "The target couldn't be found." } };
  return { status: 201, body: pullOf(model, made, origin) };
}

function pullOf(model: ForgeModel, request: ForgeRequest, origin: string) {
  const { number, repository, branch, state, title, body } = request;
  return {
    number,
    html_url: `${origin}/${repository}/pulls/${number}`,
    state: state === 'open' ? 'open' : 'closed',
    merged: state === 'merged',
    title,
    body,
    head: { ref: branch, sha: model.head(repository, branch) ?? '', repo_id: 1 },
    base: { repo_id: 1 },
  };
}

function changePull(
  model: ForgeModel,
  request: ForgeRequest,
  part: string,
  { method, body }: Call,
  origin: string,
): Reply | undefined {
  const list = <T>(key: string): T[] => (body[key] as T[] | undefined) ?? [];
  if (part === 'labels') {
    const ids = list<number>('labels');
    request.labels.push(...[...model.labels].flatMap(([name, id]) => (ids.includes(id) ? [name] : [])));
  } else if (part === 'comments') request.comments.push(String(body['body']));
  else if (part === 'requested_reviewers') {
    if (list<string>('reviewers').some((name) => !model.users.has(name)))
      return { status: 404, body: { message: 'user does not exist' } };
    request.reviewers.push(...list<string>('reviewers'), ...list<string>('team_reviewers'));
  } else if (part === '' && method === 'PATCH') {
    if (body['state'] === 'closed') request.state = 'closed';
    if (typeof body['title'] === 'string') request.title = body['title'];
    if (typeof body['body'] === 'string') request.body = body['body'];
    request.assignees.push(...list<string>('assignees'));
  } else return undefined;
  return { status: 201, body: pullOf(model, request, origin) };
}

function status(model: ForgeModel, commit: string): Reply {
  const colour = model.checks.get(commit);
  const state = { green: 'success', red: 'failure', pending: 'pending' } as const;
  return {
    status: 200,
    body: { state: colour === undefined ? '' : state[colour], total_count: colour === undefined ? 0 : 1 },
  };
}
