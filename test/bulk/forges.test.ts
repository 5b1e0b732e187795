import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgeAddress } from '../../src/bulk/forges/addresses.js';
import { openForge, type ForgeOptions } from '../../src/bulk/forges/index.js';
import type { Forge, ForgeKind, ForgeQuery, Repository } from '../../src/bulk/types.js';
import { githubProblems } from './github-openapi.js';
import { startForge, type TestForge } from '../support/forge.js';
import { commitTo, git, makeRepository, temporaryFolder } from '../support/repositories.js';

const QUERY: ForgeQuery = { archived: false, forks: false };
const REQUEST = { branch: 'dockmod/test', base: 'main', title: 'Fix', body: 'text', draft: false };
/** Of each API: the path under which requests are opened, and what the forge says of a second one. */
const KINDS: Readonly<Record<ForgeKind, { pulls: RegExp; owner: ForgeQuery }>> = {
  github: { pulls: /^POST .*\/pulls$/, owner: { ...QUERY, organization: 'acme' } },
  gitlab: { pulls: /^POST .*\/merge_requests$/, owner: { ...QUERY, group: 'acme' } },
  gitea: { pulls: /^POST .*\/pulls$/, owner: { ...QUERY, organization: 'acme' } },
};

describe.each(Object.entries(KINDS))('%s', (name, { pulls, owner }) => {
  const kind = name as ForgeKind;
  let server: TestForge;
  let repository: Repository;
  let waits: string[];

  beforeEach(async () => {
    const root = temporaryFolder();
    server = await startForge(root);
    mkdirSync(join(root, 'acme'));
    const bare = makeRepository(join(root, 'acme', 'shop.git'), { Dockerfile: 'FROM a\n' });
    commitTo(bare, { Dockerfile: 'FROM b\n' }, 'fix', REQUEST.branch);
    server.model.repositories.push({ path: 'acme/shop', topics: ['docker'] });
    waits = [];
    repository = {
      id: `${server.host}/acme/shop`,
      url: `${server.url}/acme/shop.git`,
      forge: forgeAddress(kind, server.url),
      path: 'acme/shop',
      defaultBranch: 'main',
    };
  });
  afterEach(async () => {
    if (kind === 'github')
      expect(server.recorded.flatMap(({ method, url, body }) => githubProblems(method, url, body))).toEqual([]);
    await server.close();
  });

  const open = (options: Partial<ForgeOptions> = {}): Promise<Forge> =>
    openForge(forgeAddress(kind, server.url), {
      token: server.token,
      fetch,
      version: '0',
      retryDelay: 1,
      onWait: (seconds, reason) => waits.push(`${seconds} ${reason}`),
      ...options,
    });

  const collect = async (query: ForgeQuery): Promise<string[]> => {
    const found: string[] = [];
    for await (const one of (await open()).list(query)) found.push(one.path);
    return found;
  };

  it('lists page by page, without archived ones and forks', async () => {
    for (let index = 0; index < 230; index++) server.model.repositories.push({ path: `acme/r${index}` });
    server.model.repositories.push({ path: 'acme/old', archived: true }, { path: 'acme/copy', fork: true });
    const found = await collect(owner);
    expect(found).toHaveLength(231);
    expect(new Set(found).size).toBe(231);
    const all = await collect({ ...owner, archived: true, forks: true });
    expect(all).toEqual(expect.arrayContaining(['acme/old', 'acme/copy']));
  });

  it('knows a repository by what git clones', async () => {
    const found: Repository[] = [];
    for await (const one of (await open()).list(owner)) found.push(one);
    expect(found).toEqual([repository]);
  });

  it('opens one request a branch, finds it, changes it, closes it', async () => {
    const forge = await open();
    expect(await forge.find(repository, REQUEST.branch)).toBeUndefined();
    const opened = await forge.open(repository, REQUEST);
    expect(opened).toMatchObject({ number: 1, state: 'open', title: 'Fix', body: 'text' });
    expect(await forge.open(repository, REQUEST)).toEqual(opened);
    await forge.update(repository, 1, { title: 'Fix more', body: 'longer' });
    const commit = git(join(server.model.root, 'acme', 'shop.git'), 'rev-parse', REQUEST.branch);
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ title: 'Fix more', body: 'longer', commit });
    await forge.close(repository, 1, 'withdrawn');
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ state: 'closed' });
    expect(server.model.requests).toMatchObject([{ comments: ['withdrawn'], state: 'closed' }]);
  });

  it('puts labels, reviewers and assignees on it, and says what the forge does not know', async () => {
    const forge = await open();
    await forge.open(repository, REQUEST);
    const problems = await forge.decorate(repository, 1, {
      labels: ['docker'],
      reviewers: ['alice'],
      assignees: ['bob'],
    });
    expect(problems).toEqual([]);
    expect(server.model.requests).toMatchObject([{ labels: ['docker'], reviewers: ['alice'], assignees: ['bob'] }]);
    expect(await forge.decorate(repository, 1, { labels: [], reviewers: ['nobody'], assignees: [] })).toHaveLength(1);
  });

  it('opens drafts', async () => {
    await (await open()).open(repository, { ...REQUEST, draft: true });
    expect(server.model.requests).toMatchObject([{ draft: true }]);
  });

  it('tells merged from closed', async () => {
    const forge = await open();
    await forge.open(repository, REQUEST);
    const [request] = server.model.requests;
    if (request !== undefined) request.state = 'merged';
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ state: 'merged' });
  });

  it.each(['green', 'red', 'pending', undefined] as const)('reads checks that are %s', async (colour) => {
    const commit = '1'.repeat(40);
    if (colour !== undefined) server.model.checks.set(commit, colour);
    expect(await (await open()).checks(repository, commit)).toBe(colour ?? 'none');
  });

  it('waits as long as it is asked to', async () => {
    const body = { message: 'You have exceeded a secondary rate limit.' };
    const status = kind === 'github' ? 403 : 429;
    server.model.faults.push({ on: pulls, times: 1, status, headers: { 'retry-after': '1' }, body });
    expect(await (await open()).open(repository, REQUEST)).toMatchObject({ number: 1 });
    expect(waits).toEqual([expect.stringMatching(/^1 /)]);
  });

  it('gives up when it is asked to wait for too long, and says for how long', async () => {
    server.model.faults.push({ on: /./, times: 99, status: 429, headers: { 'retry-after': '4000' } });
    const forge = await open({ maxWait: 10 });
    await expect(forge.find(repository, REQUEST.branch)).rejects.toMatchObject({
      kind: 'rate-limit',
      retryAfter: 4000,
    });
  });

  it.each([
    ['502 though it was opened', { status: 502, effect: true }],
    ['502', { status: 502 }],
    ['a connection that is cut though it was opened', { cut: true, effect: true }],
    ['a connection that is cut', { cut: true }],
  ])('never opens a second one: %s', async (_, fault) => {
    server.model.faults.push({ on: pulls, times: 1, ...fault });
    expect(await (await open()).open(repository, REQUEST)).toMatchObject({ number: 1, state: 'open' });
    expect(server.model.requests).toHaveLength(1);
  });

  it('tries again what only reads', async () => {
    server.model.faults.push({ on: /^GET/, times: 2, status: 503 });
    expect(await (await open()).find(repository, REQUEST.branch)).toBeUndefined();
  });

  it.each([
    [404, 'not-found'],
    [422, 'refused'],
    [403, 'denied'],
  ] as const)('says what %i means', async (status, kindOfError) => {
    server.model.faults.push({ on: /^GET/, times: 9, status });
    const forge = await open();
    await expect(forge.find(repository, REQUEST.branch)).rejects.toMatchObject({ kind: kindOfError });
  });

  it('never shows the token', async () => {
    const token = 'very-secret-5678';
    const body = { message: `wrong token ${token}, ${Buffer.from(`x:${token}`).toString('base64')}` };
    server.model.faults.push({ on: /./, times: 9, status: 401, body });
    const forge = await open({ token });
    const error: unknown = await forge.find(repository, 'x').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ForgeError', kind: 'denied' });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9 })).not.toContain(token);
    expect(inspect(error, { depth: 9 })).not.toContain(Buffer.from(token).toString('base64').slice(0, 12));
  });
});

describe('GitHub', () => {
  it('is held to its published description', () => {
    expect(githubProblems('POST', '/api/v3/repos/a/b/pulls', { title: 1, head: 'x', base: 'y' })).toHaveLength(1);
    expect(githubProblems('GET', '/api/v3/repos/a/b/pulls?sort=size', {})).toHaveLength(1);
    expect(githubProblems('GET', '/api/v3/repos/a/b/pulls?branch=x', {})).toHaveLength(1);
    expect(githubProblems('PUT', '/api/v3/repos/a/b/pulls', {})).toHaveLength(1);
  });

  it('searches by topic within an organisation', async () => {
    const server = await startForge(temporaryFolder());
    server.model.repositories.push(
      { path: 'acme/a', topics: ['docker'] },
      { path: 'acme/b' },
      { path: 'x/c', topics: ['docker'] },
    );
    const forge = await openForge(forgeAddress('github', server.url), { token: server.token, fetch, version: '0' });
    const paths = async (query: Partial<ForgeQuery>): Promise<string[]> => {
      const found: string[] = [];
      for await (const { path } of forge.list({ ...QUERY, ...query })) found.push(path);
      return found;
    };
    expect(await paths({ topic: 'docker' })).toEqual(['acme/a', 'x/c']);
    expect(await paths({ organization: 'acme', topic: 'docker' })).toEqual(['acme/a']);
    expect(await paths({ organization: 'acme', search: 'b' })).toEqual(['acme/b']);
    await server.close();
  });
});
