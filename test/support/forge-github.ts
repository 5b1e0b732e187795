import type { ForgeModel, ForgeRepository, ForgeRequest } from './forge-model.js';
import { page, type Api, type Call, type Reply } from './forge.js';

/** GitHub's REST API, as far as dockmod speaks it. */
export const githubApi: Api = (model, call, base) => {
  const { method, path } = call;
  const origin = new URL(base).origin;
  const listing = /^\/(?:orgs|users)\/([^/]+)\/repos$/.exec(path);
  if (listing !== null)
    return page(
      ownedBy(model, listing[1]).map((one) => repositoryOf(one, origin)),
      call,
      base,
      'per_page',
    );
  if (path === '/search/repositories') return search(model, call, base);
  const [, repository = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  if (model.repository(repository) === undefined) return undefined;
  const commit = /^\/commits\/([^/]+)\/(check-runs|status)$/.exec(rest);
  if (commit !== null) return checks(model, commit[1] ?? '', commit[2] ?? '');
  if (rest === '/pulls' && method === 'GET') return listPulls(model, repository, call, base);
  if (rest === '/pulls' && method === 'POST') return createPull(model, repository, call, origin);
  const [, number, part = ''] = /^\/(?:pulls|issues)\/(\d+)(?:\/(\w+))?$/.exec(rest) ?? [];
  const request = number === undefined ? undefined : model.request(repository, Number(number));
  return request && changePull(model, request, part, call, origin);
};

function ownedBy(model: ForgeModel, owner = ''): readonly ForgeRepository[] {
  return model.repositories.filter(({ path }) => path.startsWith(`${owner}/`));
}

function repositoryOf({ path, archived = false, fork = false, topics = [] }: ForgeRepository, origin: string) {
  return { full_name: path, clone_url: `${origin}/${path}.git`, default_branch: 'main', archived, fork, topics };
}

function search(model: ForgeModel, call: Call, base: string): Reply {
  const words = (call.query.get('q') ?? '').split(' ');
  const topic = words.find((word) => word.startsWith('topic:'))?.slice(6);
  const org = words.find((word) => word.startsWith('org:'))?.slice(4);
  const plain = words.filter((word) => !word.includes(':'));
  const found = model.repositories.filter(
    ({ path, topics = [] }) =>
      (topic === undefined || topics.includes(topic)) &&
      (org === undefined || path.startsWith(`${org}/`)) &&
      plain.every((word) => path.includes(word)),
  );
  const reply = page(
    found.map((one) => repositoryOf(one, new URL(base).origin)),
    call,
    base,
    'per_page',
  );
  return { ...reply, body: { total_count: found.length, incomplete_results: false, items: reply.body } };
}

function listPulls(model: ForgeModel, repository: string, call: Call, base: string): Reply {
  const { query } = call;
  const branch = query.get('head')?.split(':')[1];
  const found = model.requests.filter(
    (one) => one.repository === repository && (branch === undefined || one.branch === branch),
  );
  return page(
    found.toReversed().map((one) => pullOf(model, one, new URL(base).origin)),
    call,
    base,
    'per_page',
  );
}

function createPull(model: ForgeModel, repository: string, { body }: Call, origin: string): Reply {
  const {
    head,
    base,
    title,
    body: text,
    draft = false,
  } = body as {
    head: string;
    base: string;
    title: string;
    body: string;
    draft?: boolean;
  };
  const made = model.open(repository, { branch: head, base, title, body: text, draft });
  if (typeof made !== 'string') return { status: 201, body: pullOf(model, made, origin) };
  const message = made === 'exists' ? `A pull request already exists for ${head}.` : "Head sha can't be blank";
  return { status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'PullRequest', message }] } };
}

function pullOf(model: ForgeModel, request: ForgeRequest, origin: string) {
  const { number, repository, branch, state, title, body, draft } = request;
  return {
    number,
    html_url: `${origin}/${repository}/pull/${number}`,
    state: state === 'open' ? 'open' : 'closed',
    merged_at: state === 'merged' ? '2026-01-01T00:00:00Z' : null,
    title,
    body,
    draft,
    head: { ref: branch, sha: model.head(repository, branch) ?? '0'.repeat(40) },
  };
}

function changePull(
  model: ForgeModel,
  request: ForgeRequest,
  part: string,
  { method, body }: Call,
  origin: string,
): Reply | undefined {
  const names = (key: string): string[] => (body[key] as string[] | undefined) ?? [];
  if (part === 'labels') request.labels.push(...names('labels'));
  else if (part === 'assignees') request.assignees.push(...names('assignees'));
  else if (part === 'comments') request.comments.push(String(body['body']));
  else if (part === 'requested_reviewers') {
    const unknown = names('reviewers').filter((name) => !model.users.has(name));
    if (unknown.length > 0)
      return { status: 422, body: { message: 'Reviews may only be requested from collaborators.' } };
    request.reviewers.push(...names('reviewers'), ...names('team_reviewers'));
  } else if (part === '' && method === 'PATCH') {
    if (body['state'] === 'closed') request.state = 'closed';
    if (typeof body['title'] === 'string') request.title = body['title'];
    if (typeof body['body'] === 'string') request.body = body['body'];
  } else return undefined;
  return { status: part === '' ? 200 : 201, body: pullOf(model, request, origin) };
}

function checks(model: ForgeModel, commit: string, kind: string): Reply {
  const colour = model.checks.get(commit);
  if (kind === 'status') return { status: 200, body: { state: 'pending', total_count: 0, statuses: [] } };
  const runs = colour === undefined ? [] : [colour];
  return {
    status: 200,
    body: {
      total_count: runs.length,
      check_runs: runs.map((one) => ({
        status: one === 'pending' ? 'in_progress' : 'completed',
        conclusion: one === 'pending' ? null : one === 'green' ? 'success' : 'failure',
      })),
    },
  };
}
