import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openGit } from '../../src/bulk/git/run.js';
import { planRepository } from '../../src/bulk/plan/plan-repository.js';
import type { PlanEntry } from '../../src/bulk/plan/types.js';
import type { Transform } from '../../src/engine/types.js';
import { transforms as shipped } from '../../transforms/index.js';
import { gitEnv, makeRepository, temporaryFolder } from '../support/repositories.js';
import { dockmod, UNPINNED, writeCampaign } from './program.js';

/** Does not come to an end in files that say so. */
const stray: Transform = {
  name: 'stray',
  group: 'custom',
  summary: 'Go astray',
  level: 'safe',
  covers: [],
  mayChange: [],
  docs: '',
  find: ({ dockerfile }) => {
    while (dockerfile.text.includes('# endless'));
    return [];
  },
};
const ENDLESS = `# endless\n${UNPINNED}`;
const CATALOGUE = [...shipped, stray];

async function planWith(commits: 'one' | 'transform'): Promise<PlanEntry> {
  const folder = temporaryFolder();
  const url = makeRepository(join(folder, 'one.git'), { 'a/Dockerfile': ENDLESS, 'b/Dockerfile': UNPINNED });
  const transforms = ['stray', 'combine-apt-update-install', 'remove-package-caches'];
  const settings = { transforms, level: 'safe', options: {}, plugins: [], preview: undefined } as const;
  return planRepository(
    { id: 'one', url, forge: undefined, path: 'one', defaultBranch: undefined },
    {
      git: openGit({ env: gitEnv(folder), secrets: [] }),
      cache: join(folder, 'clones'),
      config: [],
      choice: { settings, catalogue: CATALOGUE, fileTimeout: 0.5 },
      commits,
      message: ({ transform = 'all' }) => transform,
    },
  );
}

it.each(['one', 'transform'] as const)(
  'a plan names the Dockerfile that takes too long, once: commits %s',
  async (commits) => {
    const began = performance.now();
    const entry = await planWith(commits);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(entry.problems).toEqual([
      { path: 'a/Dockerfile', message: 'skipped: after 0.5 s stray was still at work; --file-timeout sets the limit' },
    ]);
    expect(entry).toMatchObject({ outcome: 'fix', reason: undefined });
    expect(new Set(entry.commits.flatMap(({ files }) => files.map(({ path }) => path)))).toEqual(
      new Set(['b/Dockerfile']),
    );
  },
);

it('bulk plan goes on with the other Dockerfiles when one exceeds --file-timeout', async () => {
  const folder = temporaryFolder();
  const long = `FROM alpine:3.20\n${'RUN apk add git && make\n'.repeat(20_000)}`;
  makeRepository(join(folder, 'one.git'), { 'a/Dockerfile': long, 'b/Dockerfile': UNPINNED });
  writeCampaign(folder, ['level: safe', 'sources:', '  - directory: one.git']);
  const { code, err } = await dockmod(folder, ['bulk', 'plan', '--file-timeout', '0.5', 'campaign.yaml']);
  expect([code, err]).toEqual([0, expect.stringMatching(/in 1 file; 1 file could not be fixed\n/) as string]);
});

it('with a queue, the workers have the limit', async () => {
  const folder = temporaryFolder();
  writeCampaign(folder, ['level: safe', 'sources: []']);
  const args = ['bulk', 'plan', '--queue', 'redis://127.0.0.1:1', '--file-timeout', '5', 'campaign.yaml'];
  expect(await dockmod(folder, args)).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be used') as string,
  });
});
