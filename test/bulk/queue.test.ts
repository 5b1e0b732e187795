import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/bulk/campaign/load.js';
import type { Repository } from '../../src/bulk/forges/types.js';
import {
  jobId,
  newJob,
  openJob,
  progressOf,
  QUEUE,
  resultOf,
  type QueuedWork,
  type StoredJob,
} from '../../src/bulk/queue/jobs.js';
import { openSigner } from '../../src/bulk/queue/signing.js';
import { startRecorder, type Recorder } from '../support/recorder.js';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.js';
import { makeRepository, temporaryFolder } from '../support/repositories.js';
import { dockmod, startDockmod, statuses, UNPINNED, writeCampaign } from './program.js';

const KEY = 'the key of these tests';
const TOKEN = 'token-of-the-worker';
const signer = openSigner(KEY);
const now = new Date('2026-01-02T03:04:05Z');

async function planOf(repository: Partial<Repository>): Promise<QueuedWork> {
  const folder = temporaryFolder();
  writeCampaign(folder, ['level: safe', 'sources: [{ git: x }]']);
  const file = join(folder, 'campaign.yaml');
  const { input } = await loadCampaign(file);
  const whole = { id: 'r', url: '', forge: undefined, path: 'acme/r', defaultBranch: undefined, ...repository };
  return { kind: 'plan', campaign: input, file, repository: whole };
}

describe('a job in the queue', () => {
  it('counts only as it was signed, for a day, under its own name', async () => {
    const work = await planOf({});
    const job = newJob(work, now);
    const stored: StoredJob = { job: signer.sign('job', job) };
    const id = jobId(work);
    expect(openJob(signer, stored, id, now)).toEqual(job);

    const changed = { job: { ...stored.job, payload: stored.job.payload.replace('acme/r', 'acme/s') } };
    const shorter = { job: { ...stored.job, signature: stored.job.signature.slice(0, 32) } };
    const ofAnother = { job: openSigner(`${KEY}!`).sign('job', job) };
    const asResult = { job: signer.sign('result', job) };
    for (const wrong of [changed, shorter, ofAnother, asResult, {}, undefined, { job: { payload: 1 } }])
      expect(() => openJob(signer, wrong as StoredJob, id, now)).toThrow(
        /not signed with this key: set the same DOCKMOD_QUEUE_KEY/,
      );

    const later = new Date(now.getTime() + 25 * 3600 * 1000);
    expect(() => openJob(signer, stored, id, later)).toThrow(/more than a day old: run the command again/);
    expect(() => openJob(signer, stored, 'test-plan-other', now)).toThrow(/under the name of another/);
  });

  it('takes no progress or result of an earlier one', async () => {
    const work = await planOf({});
    const [first, second] = [newJob(work, now), newJob(work, now)];
    const result = { events: [] };
    const signed = signer.sign('result', { nonce: first.nonce, result });
    expect(resultOf(signer, signed, first.nonce)).toEqual(result);
    expect(() => resultOf(signer, signed, second.nonce)).toThrow(/not signed for this job/);
    expect(() => resultOf(signer, { events: [] }, first.nonce)).toThrow(/not signed for this job/);
    const events = [{ event: 'failed', reason: 'x' }];
    const stored = {
      job: signer.sign('job', first),
      progress: signer.sign('progress', { nonce: first.nonce, events }),
    };
    expect(progressOf(signer, stored, first.nonce)).toEqual(events);
    expect(progressOf(signer, stored, second.nonce)).toEqual([]);
  });

  it.each([undefined, '', 'short'])('needs a key that is more than %j', (key) => {
    expect(() => openSigner(key)).toThrow(/DOCKMOD_QUEUE_KEY/);
  });
});

describe.skipIf(!hasRedis)('a worker', () => {
  let redis: TestRedis;
  let recorder: Recorder;
  beforeAll(async () => {
    redis = await startRedis();
    recorder = await startRecorder();
  });
  afterAll(async () => {
    await redis.close();
    await recorder.close();
  });

  /** A worker with tokens for every forge, started with this configuration. */
  function startWorker(config: string, key = KEY): { stop(): Promise<void> } {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'worker.yaml'), config);
    const options = ['--queue', redis.url, '--config', 'worker.yaml', '--cache', 'clones'];
    const child = startDockmod(folder, ['worker', ...options], {
      DOCKMOD_QUEUE_KEY: key,
      GITHUB_TOKEN: TOKEN,
      GITEA_TOKEN: TOKEN,
    });
    return {
      stop: () =>
        new Promise((resolve) => {
          child.on('exit', () => resolve());
          child.kill('SIGKILL');
        }),
    };
  }

  /** Puts a job on the queue, as somebody who can write to Redis, and waits until it has failed. @returns the reason */
  async function failureOf(name: string, data: unknown): Promise<string> {
    const queue = new Queue(QUEUE, { connection: { url: redis.url } });
    await queue.add('plan', data, { jobId: name });
    try {
      for (;;) {
        const job = await queue.getJob(name);
        if ((await job?.getState()) === 'failed') return job?.failedReason ?? '';
        expect(await job?.getState()).not.toBe('completed');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      await (await queue.getJob(name))?.remove();
      await queue.close();
    }
  }

  const signedJob = (work: QueuedWork, one = signer): StoredJob => ({ job: one.sign('job', newJob(work, new Date())) });

  it('sends nothing for a job that is not signed with its key', async () => {
    const worker = startWorker(`forges: [{ host: "127.0.0.1:${recorder.port}", kind: gitea }]`);
    const host = `127.0.0.1:${recorder.port}`;
    const work = await planOf({
      url: `http://${host}/acme/r.git`,
      forge: { kind: 'gitea', api: `http://${host}/api/v1`, host },
    });
    expect(await failureOf(jobId(work), work)).toMatch(/not signed with this key/);
    expect(await failureOf(jobId(work), signedJob(work, openSigner('another key than that')))).toMatch(/not signed/);
    expect(recorder.asked).toEqual([]);
    await worker.stop();
  });

  it('goes to no host that its configuration does not name, nor over plain http, even for a signed job', async () => {
    const worker = startWorker('forges: [{ host: git.example.com, kind: gitea }]\n');
    const host = `127.0.0.1:${recorder.port}`;
    const refused: readonly (readonly [repository: Partial<Repository>, reason: RegExp])[] = [
      [{ url: `http://${host}/acme/r.git` }, /does not go to the host 127\.0\.0\.1:\d+: name it under `forges`/],
      [{ url: 'git@other.example.com:acme/r.git' }, /does not go to the host other\.example\.com/],
      [{ url: 'http://git.example.com/acme/r.git' }, /nothing secret is sent over plain http/],
      [
        {
          url: 'https://github.com/acme/r.git',
          forge: { kind: 'github', api: `http://${host}/api/v3`, host },
        },
        /does not go to the github at 127/,
      ],
    ];
    for (const [repository, reason] of refused) {
      const work = await planOf(repository);
      expect(await failureOf(jobId(work), signedJob(work))).toMatch(reason);
    }
    expect(recorder.asked).toEqual([]);
    await worker.stop();
  });

  it('reads no folder that its configuration does not name, not by a link either', async () => {
    const folder = temporaryFolder();
    const outside = makeRepository(join(folder, 'outside.git'), { Dockerfile: UNPINNED });
    mkdirSync(join(folder, 'inside'));
    symlinkSync(outside, join(folder, 'inside', 'link.git'));
    makeRepository(join(folder, 'inside', 'one.git'), { Dockerfile: UNPINNED });
    const worker = startWorker(`directories: [${join(folder, 'inside')}]\n`);
    for (const path of [outside, join(folder, 'inside', 'link.git'), join(folder, 'inside', '..', 'outside.git')]) {
      const work = await planOf({ url: `file://${path}` });
      expect(await failureOf(jobId(work), signedJob(work))).toMatch(/does not go to the folder .*`directories`/);
    }
    writeCampaign(folder, ['level: safe', 'sources: [{ directory: inside/one.git }, { directory: outside.git }]']);
    const env = { DOCKMOD_QUEUE_KEY: KEY };
    await dockmod(folder, ['bulk', 'plan', 'campaign.yaml', '--queue', redis.url], env);
    const states = [...statuses(folder).values()].map(({ repository, state }) => `${repository} ${state}`);
    expect(states.sort()).toEqual(['inside/one.git planned', 'outside.git failed']);
    await worker.stop();
  });

  it('gets no password of the campaign, and its results count only when they are signed', async () => {
    const folder = temporaryFolder();
    writeCampaign(folder, ['level: safe', 'sources: [{ git: "https://me:pass-word-1@git.example.com/acme/r.git" }]']);
    const dump: string[] = [];
    const forger = new Worker<StoredJob>(
      QUEUE,
      async () => {
        const client = new Redis(redis.url);
        for (const key of await client.keys('*'))
          dump.push(key, (await client.type(key)) === 'hash' ? JSON.stringify(await client.hgetall(key)) : '');
        client.disconnect();
        return { entry: { outcome: 'fix', commits: [] } };
      },
      { connection: { url: redis.url, maxRetriesPerRequest: null } },
    );
    const env = { DOCKMOD_QUEUE_KEY: KEY };
    await dockmod(folder, ['bulk', 'plan', 'campaign.yaml', '--queue', redis.url], env);
    await forger.close();
    expect(dump.join()).toContain('git.example.com/acme/r.git');
    expect(dump.join()).not.toContain('pass-word-1');
    expect([...statuses(folder).values()]).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('the result is not signed for this job') as unknown },
    ]);
  });

  it.each([['worker'], ['bulk', 'plan', 'campaign.yaml']])('%s without a key says what to set', async (...command) => {
    const folder = temporaryFolder();
    writeCampaign(folder, ['sources: [{ directory: x }]']);
    expect(await dockmod(folder, [...command, '--queue', redis.url])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error a queue needs a key .* set the same DOCKMOD_QUEUE_KEY/) as unknown,
    });
  });

  it.each([
    ['directorys: [x]', /unknown key; did you mean directories\?/],
    ['directories: [nowhere]', /directories: there is no folder .*nowhere/],
    ['forges: [{ host: x, kind: svn }]', /is not legal/],
  ])('with the configuration %s is told what is wrong', async (config, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'worker.yaml'), config);
    const options = ['--queue', redis.url, '--config', 'worker.yaml'];
    const { code, err } = await dockmod(folder, ['worker', ...options], { DOCKMOD_QUEUE_KEY: KEY });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(message) as unknown });
  });
});
