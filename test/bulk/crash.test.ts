import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasRedis, startRedis } from '../support/redis.js';
import { campaignOn, expectDone } from './campaign-of.js';
import { dockmod, startDockmod } from './program.js';

/** `DOCKMOD_CRASH=50x100` for 50 kills over 100 repositories; fewer by default. */
const [KILLS = 8, REPOSITORIES = 16] = (process.env['DOCKMOD_CRASH'] ?? '').split('x').filter(Boolean).map(Number);
const LONGEST_MS = 1500;
const TIMEOUT = 900_000;
const LABELS = ['pullRequest: { labels: [docker] }'];

const command = (kill: number): string => (kill < KILLS / 5 ? 'plan' : kill < (KILLS * 4) / 5 ? 'apply' : 'sync');
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * LONGEST_MS));

it(
  `survives ${KILLS} kills over ${REPOSITORIES} repositories: one branch, one commit, one pull request each`,
  { timeout: TIMEOUT },
  async () => {
    const campaign = await campaignOn('gitea', REPOSITORIES, LABELS);
    const { folder, env, forge } = campaign;
    let last = '';
    for (let kill = 0; kill < KILLS; kill++) {
      if (command(kill) === 'apply' && last === 'plan')
        expect(await dockmod(folder, ['bulk', 'plan', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
      last = command(kill);
      const child = startDockmod(folder, ['bulk', last, 'campaign.yaml'], env);
      const ended = new Promise((resolve) => child.on('exit', resolve));
      await Promise.race([ended, pause()]);
      child.kill('SIGKILL');
      await ended;
    }
    expect(await dockmod(folder, ['bulk', 'apply', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
    expectDone(campaign);
    expect(forge.model.requests.every(({ labels }) => labels.includes('docker'))).toBe(true);
    await forge.close();
  },
);

it.skipIf(!hasRedis)(
  `survives ${KILLS} kills of workers, and of who waits for them`,
  { timeout: TIMEOUT },
  async () => {
    const redis = await startRedis();
    const campaign = await campaignOn('gitea', REPOSITORIES, LABELS);
    const { folder, forge } = campaign;
    const env = { ...campaign.env, DOCKMOD_QUEUE_KEY: 'a key of this test alone' };
    const places = join(folder, 'worker.yaml');
    writeFileSync(places, `forges: [{ host: "${forge.host}", kind: gitea, url: "${forge.url}" }]\n`);
    const options = ['--queue', redis.url, '--config', places, '--cache', 'worker-clones'];
    const startWorker = () => startDockmod(folder, ['worker', ...options], env);
    const workers = [startWorker(), startWorker()];
    const queued = (name: string): string[] => ['bulk', name, 'campaign.yaml', '--queue', redis.url];
    expect(await dockmod(folder, queued('plan'), env)).toMatchObject({ code: 0 });
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startDockmod(folder, queued('apply'), env);
      const ended = new Promise((resolve) => child.on('exit', resolve));
      await Promise.race([ended, pause()]);
      if (kill % 2 === 0) {
        workers[kill % 4 === 0 ? 0 : 1]?.kill('SIGKILL');
        workers[kill % 4 === 0 ? 0 : 1] = startWorker();
        await Promise.race([ended, pause()]);
      }
      child.kill('SIGKILL');
      await ended;
    }
    expect(await dockmod(folder, queued('apply'), env)).toMatchObject({ code: 0 });
    expectDone(campaign);
    for (const worker of workers) worker.kill('SIGKILL');
    await forge.close();
    await redis.close();
  },
);
