import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitsOf, makeRepository, temporaryFolder } from '../support/repositories.js';
import { campaignOn, expectDone } from './campaign-of.js';
import { dockmod, statuses, UNPINNED, writeCampaign } from './program.js';

describe('the network', () => {
  it('is tried again when the connection is cut', async () => {
    const campaign = await campaignOn('gitea', 2);
    const { folder, env, forge } = campaign;
    forge.model.faults.push(
      { on: /r0\.git\/info\/refs/, times: 1, cut: true },
      { on: /r1\.git\/git-upload-pack/, times: 1, status: 502 },
    );
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
    expectDone(campaign);
    await forge.close();
  });

  it('that stays away gives a state with a reason, and the next run goes on', async () => {
    const campaign = await campaignOn('gitea', 2);
    const { folder, env, forge } = campaign;
    const fault = { on: /r1\.git/, times: 99, cut: true };
    forge.model.faults.push(fault);
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'], env)).toMatchObject({ code: 2 });
    const states = [...statuses(folder).values()].map(({ state }) => state).sort();
    expect(states).toEqual(['failed', 'open']);
    fault.times = 0;
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
    expectDone(campaign);
    await forge.close();
  });

  it('that fails while it pushes leaves no second branch or request', async () => {
    const campaign = await campaignOn('gitea', 1);
    const { folder, env, forge } = campaign;
    forge.model.faults.push({ on: /\/git-receive-pack/, times: 1, status: 503 });
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'], env)).toMatchObject({ code: 2 });
    expect(await dockmod(folder, ['bulk', 'apply', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
    expectDone(campaign);
    await forge.close();
  });
});

/** A small file system that fills up soon; undefined when it can't be mounted. */
function smallDisk(kibibytes: number): { readonly folder: string; grow(): void; release(): void } | undefined {
  const folder = temporaryFolder();
  const mount = (...options: string[]): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', folder]).status === 0;
  if (!mount('-o', `size=${kibibytes}k`)) return undefined;
  return {
    folder,
    grow: () => spawnSync('mount', ['-o', 'remount,size=50m', folder]),
    release: () => spawnSync('umount', [folder]),
  };
}

const disk = smallDisk(200);
if (disk === undefined) console.log('no file system can be mounted here: the test of a full disk is skipped');

it.skipIf(disk === undefined)(
  'a full disk ends in a state with a reason, or a line; with room the next run goes on',
  async () => {
    const repositories = temporaryFolder();
    mkdirSync(join(repositories, 'all'));
    const paths = Array.from({ length: 8 }, (_, index) => join(repositories, 'all', `r${index}.git`));
    for (const path of paths) makeRepository(path, { Dockerfile: UNPINNED });
    const folder = disk?.folder ?? '';
    writeCampaign(folder, ['level: safe', 'sources:', `  - directory: ${join(repositories, 'all')}/*`]);
    const full = await dockmod(folder, ['bulk', 'plan', 'campaign.yaml']);
    expect(full.code).toBe(2);
    expect(full.err).toMatch(/failed|error/);
    expect(full.err).not.toMatch(/^\s+at /m);
    disk?.grow();
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'])).toMatchObject({ code: 0 });
    for (const path of paths) expect(commitsOf(path, 'dockmod/test')).toHaveLength(2);
    disk?.release();
  },
);
