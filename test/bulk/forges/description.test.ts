import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/api-description.js';
import { giteaApi } from '../../support/forge-gitea.js';
import { githubApi } from '../../support/forge-github.js';
import { gitlabApi } from '../../support/forge-gitlab.js';

// GitHub's and Gitea's come from npm packages, GitLab's is written by hand from its published description: see their `source`.
const ask = (kind: 'github' | 'gitlab' | 'gitea', route: string, query = '', body = {}): readonly string[] =>
  problemsOf(kind, route, new URLSearchParams(query), body);

describe('the published descriptions', () => {
  it.each([githubApi, gitlabApi, giteaApi])(
    'know every route of the forge for the tests: $kind',
    ({ kind, routes }) => {
      for (const route of Object.keys(routes)) expect(ask(kind, route).join()).not.toContain('no such operation');
    },
  );

  it.each([
    ['github', 'PUT /repos/{owner}/{repo}/pulls', '', {}],
    ['github', 'GET /repos/{owner}/{repo}/pulls', 'sort=size', {}],
    ['github', 'GET /repos/{owner}/{repo}/pulls', 'branch=x', {}],
    ['github', 'GET /search/repositories', '', {}],
    ['github', 'POST /repos/{owner}/{repo}/pulls', '', { title: 1, head: 'x', base: 'y' }],
    ['github', 'POST /repos/{owner}/{repo}/pulls', '', { title: 'a', head: 'x' }],
    ['github', 'POST /repos/{owner}/{repo}/pulls', '', { title: 'a', head: 'x', base: 'y', reviewers: [] }],
    ['gitlab', 'GET /groups/{id}/projects', 'topic=x', {}],
    ['gitlab', 'GET /groups/{id}/projects', 'include_subgroups=maybe', {}],
    ['gitlab', 'PUT /projects/{id}/merge_requests/{merge_request_iid}', '', { state_event: 'closed' }],
    ['gitlab', 'POST /projects/{id}/merge_requests', '', { title: 'a', source_branch: 'x' }],
    ['gitea', 'GET /repos/{owner}/{repo}/pulls', 'head=x', {}],
    ['gitea', 'POST /repos/{owner}/{repo}/pulls', '', { labels: ['docker'] }],
    ['gitea', 'POST /repos/{owner}/{repo}/pulls', '', { draft: true }],
  ] as const)('%s: %s ?%s %o is not legal', (kind, route, query, body) => {
    expect(ask(kind, route, query, body)).toHaveLength(1);
  });

  it.each([
    ['github', 'GET /repos/{owner}/{repo}/pulls', 'state=all&page=2', {}],
    ['github', 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels', '', { labels: ['a'] }],
    ['gitlab', 'GET /groups/{id}/projects', 'include_subgroups=true&page=2', {}],
    ['gitea', 'PATCH /repos/{owner}/{repo}/pulls/{index}', '', { state: 'closed', title: 'a' }],
  ] as const)('%s: %s ?%s %o is legal', (kind, route, query, body) => {
    expect(ask(kind, route, query, body)).toEqual([]);
  });
});
