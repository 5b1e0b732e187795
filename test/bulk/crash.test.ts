import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startForge } from '../support/forge.js';
import { commitsOf, git, makeRepository, temporaryFolder } from '../support/repositories.js';
import { dockmod, standings, startDockmod, UNPINNED, writeCampaign } from './program.js';

/** `DOCKMOD_CRASH=50x100` for 50 kills over 100 repositories; fewer by default, for the daily run. */
const [KILLS = 8, REPOSITORIES = 16] = (process.env['DOCKMOD_CRASH'] ?? '').split('x').filter(Boolean).map(Number);
const LONGEST_MS = 1500;

it(
  `survives ${KILLS} kills over ${REPOSITORIES} repositories: one branch, one commit, one pull request each`,
  { timeout: 900_000 },
  async () => {
    const root = temporaryFolder();
    const forge = await startForge(root);
    mkdirSync(join(root, 'acme'));
    const names = Array.from({ length: REPOSITORIES }, (_, index) => `r${index}`);
    for (const name of names) {
      makeRepository(join(root, 'acme', `${name}.git`), { Dockerfile: `# ${name}\n${UNPINNED}` });
      forge.model.repositories.push({ path: `acme/${name}` });
    }
    const folder = temporaryFolder();
    writeCampaign(folder, [
      'level: safe',
      'sources:',
      `  - gitea: { url: "${forge.url}", organization: acme }`,
      'pullRequest: { labels: [docker] }',
    ]);
    const env = { GITEA_TOKEN: forge.token };
    const command = (kill: number): string => (kill < KILLS / 5 ? 'plan' : kill < (KILLS * 4) / 5 ? 'apply' : 'sync');
    let last = '';
    for (let kill = 0; kill < KILLS; kill++) {
      if (command(kill) === 'apply' && last === 'plan')
        expect(await dockmod(folder, ['bulk', 'plan', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
      last = command(kill);
      const child = startDockmod(folder, ['bulk', last, 'campaign.yaml'], env);
      const ended = new Promise((resolve) => child.on('exit', resolve));
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * LONGEST_MS))]);
      child.kill('SIGKILL');
      await ended;
    }
    expect(await dockmod(folder, ['bulk', 'apply', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
    for (const name of names) {
      const repository = join(root, 'acme', `${name}.git`);
      expect(git(repository, 'branch', '--format=%(refname:short)').split('\n')).toEqual(['dockmod/test', 'main']);
      expect(commitsOf(repository, 'dockmod/test')).toHaveLength(2);
      const requests = forge.model.requests.filter((one) => one.repository === `acme/${name}`);
      expect(requests).toMatchObject([{ state: 'open', labels: expect.arrayContaining(['docker']) as unknown }]);
    }
    expect([...standings(folder).values()].map(({ state }) => state)).toEqual(names.map(() => 'open'));
    await forge.close();
  },
);
