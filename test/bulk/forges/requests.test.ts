import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git } from '../../support/repositories.js';
import { KINDS, REQUEST, startBench, type Bench } from './setup.js';

describe.each(KINDS)('%s', (kind) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench(kind);
  });
  afterEach(() => bench.close());

  it('opens one request a branch, finds it, changes it, closes it', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    expect(await forge.find(repository, REQUEST.branch)).toBeUndefined();
    const opened = await forge.open(repository, REQUEST);
    const commit = git(join(server.model.root, 'acme/shop.git'), 'rev-parse', REQUEST.branch);
    expect(opened).toMatchObject({ number: 1, state: 'open', title: 'Fix', body: 'text', commit });
    expect(opened.url).toMatch(new RegExp(`^${server.url}/acme/shop/.*1$`));
    expect(await forge.open(repository, REQUEST)).toEqual(opened);
    await forge.update(repository, 1, { title: 'Fix more', body: 'longer' });
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ title: 'Fix more', body: 'longer' });
    await forge.close(repository, 1, 'withdrawn');
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ state: 'closed' });
    expect(server.model.requests).toMatchObject([{ comments: ['withdrawn'], state: 'closed' }]);
  });

  it('finds the one that is open before newer ones that are done, and the newest of those', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    for (let index = 0; index < 3; index++) {
      await forge.open(repository, REQUEST);
      await forge.close(repository, index + 1, '');
    }
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ number: 3, state: 'closed' });
    const [, second] = server.model.requests;
    if (second !== undefined) second.state = 'open';
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ number: 2, state: 'open' });
  });

  it('finds one after two hundred others', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    await forge.open(repository, REQUEST);
    server.model.merge('acme/shop', 1);
    for (let index = 0; index < 210; index++)
      server.model.requests.push({
        ...(server.model.requests[0] ?? expect.fail()),
        number: index + 2,
        branch: `other-${index}`,
      });
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ number: 1, state: 'merged' });
  });

  it('takes no notice of a branch of the same name in a fork', async () => {
    const { repository, server } = bench;
    bench.add('acme/fork');
    server.model.open('acme/shop', { ...REQUEST, from: 'acme/fork' });
    const forge = await bench.open();
    expect(await forge.find(repository, REQUEST.branch)).toBeUndefined();
    expect(await forge.open(repository, REQUEST)).toMatchObject({ number: 2 });
  });

  it('does not open a second one onto another base', async () => {
    const { repository, server } = bench;
    git(join(server.model.root, 'acme/shop.git'), 'branch', 'develop', 'main');
    const forge = await bench.open();
    const first = await forge.open(repository, REQUEST);
    expect(await forge.open(repository, { ...REQUEST, base: 'develop' })).toEqual(first);
  });

  it('does not open one from a branch that is not there', async () => {
    const forge = await bench.open();
    const opening = forge.open(bench.repository, { ...REQUEST, branch: 'nowhere' });
    await expect(opening).rejects.toMatchObject({
      name: 'ForgeError',
      kind: kind === 'gitea' ? 'not-found' : 'refused',
    });
    expect(bench.server.model.requests).toEqual([]);
  });

  it('opens drafts, which stay drafts, and whose title is the one given', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    expect(await forge.open(repository, { ...REQUEST, draft: true })).toMatchObject({ title: 'Fix' });
    await forge.update(repository, 1, { title: 'Fix more', body: '' });
    expect(server.model.requests).toMatchObject([{ draft: true }]);
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ title: 'Fix more', body: '' });
    const [request] = server.model.requests;
    if (request !== undefined) Object.assign(request, { draft: false, title: 'Fix more' });
    await forge.update(repository, 1, { title: 'Fix most', body: '' });
    expect(server.model.requests).toMatchObject([{ draft: false, title: 'Fix most' }]);
  });

  it('tells merged from closed', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    await forge.open(repository, REQUEST);
    server.model.merge('acme/shop', 1);
    expect(await forge.find(repository, REQUEST.branch)).toMatchObject({ state: 'merged' });
  });

  it('leaves alone what is closed or merged already', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    await forge.open(repository, REQUEST);
    server.model.merge('acme/shop', 1);
    await forge.close(repository, 1, 'withdrawn');
    expect(server.model.requests).toMatchObject([{ state: 'merged', comments: [] }]);
  });

  it('says why it closes once, when a run before was cut off between the two', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    await forge.open(repository, REQUEST);
    const [request] = server.model.requests;
    request?.comments.push(...Array.from({ length: 120 }, (_, index) => `comment ${index}`), 'withdrawn');
    await forge.close(repository, 1, 'withdrawn');
    expect(request).toMatchObject({ state: 'closed' });
    expect(request?.comments.filter((comment) => comment === 'withdrawn')).toHaveLength(1);
  });

  it('puts labels, reviewers and assignees on it, new labels too', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    await forge.open(repository, REQUEST);
    const decoration = { labels: ['docker', 'brand new'], reviewers: ['alice'], assignees: ['bob'] };
    expect(await forge.decorate(repository, 1, decoration)).toEqual([]);
    expect(await forge.decorate(repository, 1, decoration)).toEqual([]);
    expect(await forge.decorate(repository, 1, { labels: [], reviewers: ['bob'], assignees: ['alice'] })).toEqual([]);
    expect(server.model.requests).toMatchObject([{ labels: ['docker', 'brand new'] }]);
    const [request] = server.model.requests;
    expect(request?.reviewers.toSorted()).toEqual(['alice', 'bob']);
    expect(request?.assignees.toSorted()).toEqual(['alice', 'bob']);
  });

  it('says who is unknown, and puts the others on all the same', async () => {
    const { repository, server } = bench;
    const forge = await bench.open();
    await forge.open(repository, REQUEST);
    const people = ['alice', 'nobody'];
    const problems = await forge.decorate(repository, 1, { labels: ['bot'], reviewers: people, assignees: people });
    expect(problems).toEqual([
      expect.stringMatching(/^reviewer nobody: ./) as string,
      expect.stringMatching(/^assignee nobody: ./) as string,
    ]);
    expect(server.model.requests).toMatchObject([{ labels: ['bot'], reviewers: ['alice'], assignees: ['alice'] }]);
  });
});

describe('teams', () => {
  it.each(['github', 'gitea'] as const)('are asked for a review on %s', async (kind) => {
    const bench = await startBench(kind);
    const forge = await bench.open();
    await forge.open(bench.repository, REQUEST);
    const decoration = { labels: [], reviewers: ['acme/platform', 'alice'], assignees: [] };
    expect(await forge.decorate(bench.repository, 1, decoration)).toEqual([]);
    expect(bench.server.model.requests).toMatchObject([{ reviewers: ['alice', 'platform'] }]);
    await bench.close();
  });
});

describe('GitLab', () => {
  it('says whom its free edition leaves out', async () => {
    const bench = await startBench('gitlab');
    bench.server.model.onePerson = true;
    const forge = await bench.open();
    await forge.open(bench.repository, REQUEST);
    const decoration = { labels: [], reviewers: [], assignees: ['alice', 'bob'] };
    expect(await forge.decorate(bench.repository, 1, decoration)).toEqual([
      'assignee bob: the forge did not accept it',
    ]);
    await bench.close();
  });
});
