import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitsOf, commitTo, git } from '../support/repositories.js';
import { campaignOn, expectDone, type ForgeCampaign } from './campaign-of.js';
import { dockmod, statuses, UNPINNED, type Outcome } from './program.js';

const BRANCH = 'dockmod/test';
const bulk = ({ folder, env }: ForgeCampaign, ...args: string[]): Promise<Outcome> =>
  dockmod(folder, ['bulk', ...args.slice(0, 1), 'campaign.yaml', ...args.slice(1)], env);
const stateOf = ({ folder, forge }: ForgeCampaign, name: string) => statuses(folder).get(`${forge.host}/acme/${name}`);

describe.each(['github', 'gitlab', 'gitea'] as const)('%s', (kind) => {
  it('gets one pull request for each repository, over HTTP, with a token that is shown nowhere', async () => {
    const campaign = await campaignOn(kind, 2, [
      'pullRequest: { title: "{{fixes.count}} in {{repository}}", labels: [docker], reviewers: [alice], assignees: [bob] }',
    ]);
    const { folder, forge } = campaign;
    const ran = [await bulk(campaign, 'plan'), await bulk(campaign, 'apply'), await bulk(campaign, 'apply')];
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
    expectDone(campaign);
    expect(forge.model.requests.toSorted((a, b) => (a.repository < b.repository ? -1 : 1))).toMatchObject(
      ['r0', 'r1'].map((name) => ({
        repository: `acme/${name}`,
        title: `2 fixes in acme/${name}`,
        body: expect.stringContaining('| `Dockerfile` | 3 |') as unknown,
        labels: ['docker'],
        reviewers: ['alice'],
        assignees: ['bob'],
      })),
    );
    const seen = [
      ...ran.map(({ out, err }) => out + err),
      ...['journal.jsonl', 'plan.jsonl'].map((name) => readFileSync(join(folder, 'test.dockmod', name), 'utf8')),
    ];
    expect(seen.join()).not.toContain(forge.token);
    await forge.close();
  });
});

describe('a campaign', () => {
  it('does not open again what a person has closed', async () => {
    const campaign = await campaignOn('gitea', 1);
    await bulk(campaign, 'run');
    const [request] = campaign.forge.model.requests;
    if (request !== undefined) request.state = 'closed';
    commitTo(campaign.repository('r0'), { Dockerfile: UNPINNED.replace('curl', 'wget') }, 'main moves on');
    for (const command of ['status', 'sync', 'apply']) expect(await bulk(campaign, command)).toMatchObject({ code: 0 });
    expect(campaign.forge.model.requests).toHaveLength(1);
    expect(stateOf(campaign, 'r0')?.state).toBe('closed');
    await campaign.forge.close();
  });

  it('brings the same pull request up to date, and only when its fixes differ', async () => {
    const campaign = await campaignOn('gitea', 1);
    await bulk(campaign, 'run');
    const repository = campaign.repository('r0');
    const first = git(repository, 'rev-parse', BRANCH);
    commitTo(repository, { 'README.md': 'new\n' }, 'nothing about Docker');
    await bulk(campaign, 'sync');
    expect(git(repository, 'rev-parse', BRANCH)).toBe(first);
    commitTo(repository, { 'api/Dockerfile': UNPINNED }, 'one more');
    await bulk(campaign, 'sync');
    expect(git(repository, 'diff', '--name-only', 'main', BRANCH).split('\n')).toEqual([
      'Dockerfile',
      'api/Dockerfile',
    ]);
    expect(campaign.forge.model.requests).toMatchObject([
      { body: expect.stringContaining('api/Dockerfile') as unknown },
    ]);
    await campaign.forge.close();
  });

  it('asks for their state', async () => {
    const campaign = await campaignOn('gitea', 3);
    await bulk(campaign, 'run');
    const { model } = campaign.forge;
    model.checks.set(git(campaign.repository('r1'), 'rev-parse', BRANCH), 'red');
    for (const request of model.requests) if (request.repository === 'acme/r2') request.state = 'merged';
    const { out } = await bulk(campaign, 'status', '--format', 'json');
    const found = (JSON.parse(out) as { state: string; checks: string }[]).map(
      ({ state, checks }) => `${state} ${checks}`,
    );
    expect(found.sort()).toEqual(['merged none', 'open none', 'open red']);
    expect((await bulk(campaign, 'status')).out).toContain('(checks red)');
    await campaign.forge.close();
  });

  it('goes on in waves, when the checks of the one before are green', async () => {
    const campaign = await campaignOn('gitea', 5, ['waves: { sizes: [1, 2], maxFailed: 0.5 }']);
    const { model } = campaign.forge;
    const count = (): number => model.requests.length;
    const paint = (colour: 'green' | 'red' | 'pending'): void => {
      for (const { repository } of model.requests)
        model.checks.set(git(campaign.repository(repository.replace('acme/', '')), 'rev-parse', BRANCH), colour);
    };
    await bulk(campaign, 'plan');
    expect((await bulk(campaign, 'apply')).err).toContain(
      '4 repositories wait: wave 1: the checks of 1 pull request are not finished',
    );
    expect(count()).toBe(1);
    paint('red');
    expect((await bulk(campaign, 'apply')).err).toContain('1 of 1 pull requests have red checks');
    expect(count()).toBe(1);
    paint('green');
    expect((await bulk(campaign, 'apply')).err).toContain('2 repositories wait: wave 2');
    expect(count()).toBe(3);
    paint('pending');
    await bulk(campaign, 'apply');
    expect(count()).toBe(3);
    paint('green');
    expect((await bulk(campaign, 'apply')).err).not.toContain('wait:');
    expect(count()).toBe(5);
    await campaign.forge.close();
  });

  it('keeps to its limits, across runs, and pushes no branch without a pull request', async () => {
    const campaign = await campaignOn('gitea', 4, ['limits: { pullRequestsPerHour: 2 }']);
    await bulk(campaign, 'plan');
    for (let run = 0; run < 2; run++) {
      const { err, code } = await bulk(campaign, 'apply');
      expect({ err, code }).toMatchObject({
        code: 0,
        err: expect.stringMatching(
          /2 repositories wait: 2 pull requests were opened in the last hour .*; run again after /,
        ) as unknown,
      });
      const pushed = campaign.names.filter((name) => commitsOf(campaign.repository(name), BRANCH).length > 0);
      expect([pushed.length, campaign.forge.model.requests.length]).toEqual([2, 2]);
    }
    await campaign.forge.close();
  });

  it('counts open pull requests for each owner', async () => {
    const campaign = await campaignOn('gitea', 3, ['limits: { openPullRequestsPerOwner: 1 }']);
    const { err } = await bulk(campaign, 'run');
    expect(err).toContain('2 repositories wait: 1 pull request is open for');
    expect(campaign.forge.model.requests).toHaveLength(1);
    await campaign.forge.close();
  });

  it('gives a state with a reason when the forge fails, and goes on the next time', async () => {
    const campaign = await campaignOn('gitea', 2);
    await bulk(campaign, 'plan');
    campaign.forge.model.faults.push({ on: /acme\/r1\/pulls/, times: 99, status: 422, body: { message: 'no thanks' } });
    expect(await bulk(campaign, 'apply')).toMatchObject({ code: 2 });
    expect(stateOf(campaign, 'r1')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no thanks') as unknown,
    });
    campaign.forge.model.faults.length = 0;
    expect(await bulk(campaign, 'apply')).toMatchObject({ code: 0 });
    expectDone(campaign);
    await campaign.forge.close();
  });

  it('says what a wrong token means', async () => {
    const campaign = await campaignOn('gitea', 1);
    const { code, err } = await dockmod(campaign.folder, ['bulk', 'plan', 'campaign.yaml'], {
      GITEA_TOKEN: 'wrong-token',
    });
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error 127.0.0.1:\d+: Bad credentials/) as unknown,
    });
    await campaign.forge.close();
  });

  it('closes its pull requests with a comment', async () => {
    const campaign = await campaignOn('gitea', 2);
    await bulk(campaign, 'run');
    expect(await bulk(campaign, 'close', '--comment', 'not now', '--delete-branches')).toMatchObject({ code: 0 });
    expect(campaign.forge.model.requests).toMatchObject([1, 2].map(() => ({ state: 'closed', comments: ['not now'] })));
    expect(commitsOf(campaign.repository('r0'), BRANCH)).toEqual([]);
    await campaign.forge.close();
  });
});
