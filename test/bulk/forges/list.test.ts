import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Repository } from '../../../src/bulk/forges/types.js';
import { KINDS, ownerQuery, QUERY, startBench, type Bench } from './setup.js';

describe.each(KINDS)('%s', (kind) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench(kind);
  });
  afterEach(() => bench.close());
  const acme = ownerQuery(kind, 'acme');

  it('lists page by page, without archived ones and forks', async () => {
    const { repositories } = bench.server.model;
    for (let index = 0; index < 230; index++) repositories.push({ path: `acme/r${index}` });
    repositories.push({ path: 'acme/old', archived: true }, { path: 'acme/copy', fork: true }, { path: 'other/x' });
    const found = await bench.list(acme);
    expect(found).toHaveLength(231);
    expect(new Set(found).size).toBe(231);
    const all = await bench.list({ ...acme, archived: true, forks: true });
    expect(all).toHaveLength(233);
    expect(all).toEqual(expect.arrayContaining(['acme/old', 'acme/copy']));
  });

  it('requests no page that is not read', async () => {
    const { repositories } = bench.server.model;
    for (let index = 0; index < 500; index++) repositories.push({ path: `acme/r${index}` });
    for await (const found of (await bench.open()).list(acme)) if (found.path === 'acme/r3') break;
    expect(bench.server.recorded).toHaveLength(1);
  });

  it('knows a repository by what git clones', async () => {
    const found: Repository[] = [];
    for await (const one of (await bench.open()).list(acme)) found.push(one);
    expect(found).toEqual([bench.repository]);
  });

  it('knows the default branch', async () => {
    bench.server.model.repositories.push({ path: 'acme/trunk', defaultBranch: 'trunk' });
    const found: (string | undefined)[] = [];
    for await (const { defaultBranch } of (await bench.open()).list(acme)) found.push(defaultBranch);
    expect(found).toEqual(['main', 'trunk']);
  });

  it('lists those of a user', async () => {
    bench.server.model.repositories.push({ path: 'bob/a' }, { path: 'alice/b' });
    expect(await bench.list({ ...QUERY, user: 'bob' })).toEqual(['bob/a']);
  });

  it('finds by topic, everywhere or with one owner', async () => {
    const topics = ['docker'];
    bench.server.model.repositories.push({ path: 'acme/a', topics }, { path: 'acme/b' }, { path: 'x/c', topics });
    expect(await bench.list({ ...QUERY, topic: 'docker' })).toEqual(['acme/a', 'x/c']);
    expect(await bench.list({ ...acme, topic: 'docker' })).toEqual(['acme/a']);
  });

  it('finds by words, everywhere or with one owner', async () => {
    bench.server.model.repositories.push({ path: 'acme/api-a' }, { path: 'x/api-b' }, { path: 'acme/c' });
    bench.server.model.repositories.push({ path: 'acme/api-old', archived: true });
    expect(await bench.list({ ...QUERY, search: 'api' })).toEqual(['acme/api-a', 'x/api-b']);
    expect(await bench.list({ ...acme, search: 'api' })).toEqual(['acme/api-a']);
  });

  it('says that there is no such owner', async () => {
    const listing = bench.list(ownerQuery(kind, 'nowhere'));
    await expect(listing).rejects.toMatchObject({ name: 'ForgeError', kind: 'not-found' });
  });

  it('says what it can not look for', async () => {
    const unclear = [QUERY, { ...acme, user: 'bob' }, ...(kind === 'gitlab' ? [] : [{ ...QUERY, group: 'acme' }])];
    for (const query of unclear) await expect(bench.list(query)).rejects.toMatchObject({ kind: 'refused' });
    expect(bench.server.recorded).toEqual([]);
  });
});

describe('GitHub', () => {
  it("lists one's own private repositories", async () => {
    const bench = await startBench('github');
    bench.server.model.repositories.push({ path: 'alice/a', private: true }, { path: 'bob/b', private: true });
    expect(await bench.list({ ...QUERY, user: 'Alice' })).toEqual(['alice/a']);
    expect(await bench.list({ ...QUERY, user: 'bob' })).toEqual([]);
    await bench.close();
  });

  it('says that a search finds more than GitHub gives', async () => {
    const bench = await startBench('github');
    for (let index = 0; index < 1100; index++) bench.server.model.repositories.push({ path: `acme/r${index}` });
    expect(await bench.list({ ...QUERY, search: 'acme' })).toHaveLength(1000);
    expect(bench.notices).toEqual([expect.stringMatching(/finds 1101 repositories.*first 1000/)]);
    await bench.close();
  });
});

describe('GitLab', () => {
  it('lists the projects of subgroups, however deep', async () => {
    const bench = await startBench('gitlab');
    bench.server.model.repositories.push({ path: 'acme/team/a' }, { path: 'acme/team/deep/b' });
    expect(await bench.list({ ...QUERY, group: 'acme' })).toEqual(['acme/shop', 'acme/team/a', 'acme/team/deep/b']);
    expect(await bench.list({ ...QUERY, group: 'acme/team' })).toEqual(['acme/team/a', 'acme/team/deep/b']);
    await bench.close();
  });
});
