import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ForgeError } from '../../../src/bulk/forges/types.js';
import { git } from '../../support/repositories.js';
import { KINDS, REQUEST, startBench } from './setup.js';

const BRANCHES = Array.from({ length: 25 }, (_, index) => `dockmod/${index}`);

/** Repeats until it succeeds, as several runs would. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ForgeError) || !['unavailable', 'rate-limit'].includes(error.kind)) throw error;
    }
}

describe.each(KINDS)('%s', (kind) => {
  it('has one pull request a branch after a storm', async () => {
    const bench = await startBench(kind);
    const { server, repository } = bench;
    for (const branch of BRANCHES) git(join(server.model.root, 'acme/shop.git'), 'branch', branch, REQUEST.branch);
    const often = { on: /./, times: Infinity, probability: 0.1 };
    server.model.faults.push(
      { ...often, status: 502 },
      { ...often, status: 500, effect: true },
      { ...often, cut: true },
      { ...often, cut: true, effect: true },
      { ...often, status: 429, headers: { 'retry-after': '0' } },
    );
    const clients = [await bench.open(), await bench.open()];
    const decoration = { labels: ['docker'], reviewers: ['alice'], assignees: ['bob'] };
    await Promise.all(
      clients.flatMap((forge) =>
        BRANCHES.map(async (branch) => {
          const { number } = await persistently(() => forge.open(repository, { ...REQUEST, branch }));
          expect(await persistently(() => forge.decorate(repository, number, decoration))).toEqual([]);
        }),
      ),
    );
    expect(server.model.requests.map(({ branch }) => branch).toSorted()).toEqual(BRANCHES.toSorted());
    for (const request of server.model.requests)
      expect(request).toMatchObject({ labels: ['docker'], reviewers: ['alice'], assignees: ['bob'], state: 'open' });
    const [forge = expect.fail()] = clients;
    await Promise.all(
      server.model.requests.map(({ number }) => persistently(() => forge.close(repository, number, 'withdrawn'))),
    );
    for (const request of server.model.requests)
      expect(request).toMatchObject({ comments: ['withdrawn'], state: 'closed' });
    await bench.close();
  });
});
