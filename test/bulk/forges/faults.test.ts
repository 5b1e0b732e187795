import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { primaryLimit, secondaryLimit } from '../../support/forge-model.js';
import { KINDS, OPENS, QUERY, REQUEST, startBench, type Bench } from './setup.js';

const TOKEN = 'very-secret/5678';
const FORMS = [
  TOKEN,
  encodeURIComponent(TOKEN),
  Buffer.from(`x-access-token:${TOKEN}`).toString('base64'),
  Buffer.from(`oauth2:${TOKEN}`).toString('base64'),
];

describe.each(KINDS)('%s', (kind) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench(kind);
  });
  afterEach(() => bench.close());

  const tooMany = {
    status: 429,
    headers: { 'retry-after': '1' },
    body: { message: 'You are at a secondary rate limit' },
  };
  const limits = kind === 'github' ? { secondary: () => secondaryLimit(1), primary: () => primaryLimit(1) } : {};
  it.each(Object.entries({ ...limits, 'too many': () => tooMany }))(
    'waits as long as it is asked to: %s',
    async (_, fault) => {
      bench.server.model.faults.push({ on: OPENS[kind], times: 1, ...fault() });
      const start = Date.now();
      expect(await (await bench.open()).open(bench.repository, REQUEST)).toMatchObject({ number: 1 });
      expect(Date.now() - start).toBeGreaterThanOrEqual(900);
      expect(bench.waits).toEqual([expect.stringMatching(/^[12] ./)]);
      expect(bench.server.model.requests).toHaveLength(1);
    },
  );

  it('sends nothing else while it waits, and says so once', async () => {
    const fault = kind === 'github' ? secondaryLimit(1) : tooMany;
    bench.server.model.faults.push({ on: /^GET/, times: 1, ...fault });
    const forge = await bench.open();
    const first = forge.find(bench.repository, 'one');
    while (bench.waits.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = bench.server.recorded.length;
    const second = forge.find(bench.repository, 'two');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(bench.server.recorded).toHaveLength(before);
    expect(await Promise.all([first, second])).toEqual([undefined, undefined]);
    expect(bench.waits).toHaveLength(1);
  });

  it('gives up when it is asked to wait for too long, and says for how long', async () => {
    const fault = kind === 'github' ? secondaryLimit(4000) : { status: 429, headers: { 'retry-after': '4000' } };
    bench.server.model.faults.push({ on: /./, times: 99, ...fault });
    const forge = await bench.open({ maxWait: 10 });
    await expect(forge.find(bench.repository, REQUEST.branch)).rejects.toMatchObject({
      kind: 'rate-limit',
      retryAfter: 4000,
    });
    expect(bench.server.recorded).toHaveLength(1);
  });

  it.each([
    ['502 though it was opened', { status: 502, effect: true }],
    ['502', { status: 502 }],
    ['a connection that is cut though it was opened', { cut: true, effect: true }],
    ['a connection that is cut', { cut: true }],
    ['no answer in time though it was opened', { delayMs: 1500, effect: true }],
  ])('never opens a second one: %s', async (_, fault) => {
    bench.server.model.faults.push({ on: OPENS[kind], times: 2, ...fault });
    const forge = await bench.open({ timeout: 'delayMs' in fault ? 300 : 60_000 });
    expect(await forge.open(bench.repository, REQUEST)).toMatchObject({ number: 1, state: 'open' });
    expect(bench.server.model.requests).toHaveLength(1);
  });

  it('uses the one that another run has opened in between', async () => {
    const forge = await bench.open();
    const [a, b] = await Promise.all([forge.open(bench.repository, REQUEST), forge.open(bench.repository, REQUEST)]);
    expect(a.number).toBe(b.number);
    expect(bench.server.model.requests).toHaveLength(1);
  });

  it('comments once when the answer to the comment gets lost', async () => {
    const forge = await bench.open();
    await forge.open(bench.repository, REQUEST);
    bench.server.model.faults.push({ on: /^POST .*(?:comments|notes)$/, times: 1, cut: true, effect: true });
    await forge.close(bench.repository, 1, 'withdrawn');
    expect(bench.server.model.requests).toMatchObject([{ comments: ['withdrawn'], state: 'closed' }]);
  });

  it.each([{ status: 500 }, { status: 503 }, { cut: true }])('tries again what only reads: %o', async (fault) => {
    bench.server.model.faults.push({ on: /^GET/, times: 2, ...fault });
    expect(await (await bench.open()).find(bench.repository, REQUEST.branch)).toBeUndefined();
    expect(bench.server.recorded.length).toBeGreaterThan(2);
  });

  it.each([{ status: 502 }, { cut: true }])('gives up in the end: %o', async (fault) => {
    bench.server.model.faults.push({ on: /./, times: 99, ...fault });
    const forge = await bench.open();
    await expect(forge.find(bench.repository, 'x')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(bench.server.recorded.length).toBeLessThan(10);
    await expect(forge.open(bench.repository, REQUEST)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(async () => bench.list({ ...QUERY, user: 'alice' })).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('gives up on an answer that does not come', async () => {
    bench.server.model.faults.push({ on: /./, times: 99, delayMs: 2000 });
    const forge = await bench.open({ timeout: 50 });
    await expect(forge.find(bench.repository, 'x')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('no answer within 0.05 s') as string,
    });
  });

  it('says that nothing answers', async () => {
    const forge = await bench.open();
    await bench.server.close();
    await expect(forge.find(bench.repository, 'x')).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [422, 'refused'],
  ] as const)('says what %i means, and does not ask again', async (status, kindOfError) => {
    bench.server.model.faults.push({ on: /^GET/, times: 9, status });
    const forge = await bench.open();
    await expect(forge.find(bench.repository, 'x')).rejects.toMatchObject({ kind: kindOfError });
    expect(bench.server.recorded).toHaveLength(1);
  });

  it('puts no page of a proxy into a message', async () => {
    bench.server.model.faults.push({
      on: /^GET/,
      times: 9,
      status: 502,
      body: '<html><body>Bad gateway</body></html>',
    });
    const forge = await bench.open();
    await expect(forge.find(bench.repository, 'x')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('says that there is no token', async () => {
    const forge = await bench.open({ token: undefined });
    await expect(forge.find(bench.repository, 'x')).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('there is no token') as string,
    });
  });

  it('ends at once when it is told to, in the middle of a wait', async () => {
    const fault = kind === 'github' ? secondaryLimit(60) : { status: 429, headers: { 'retry-after': '60' } };
    bench.server.model.faults.push({ on: /./, times: 9, ...fault });
    const stop = new AbortController();
    const forge = await bench.open({ signal: stop.signal, onWait: () => stop.abort(new Error('stopped')) });
    await expect(forge.find(bench.repository, 'x')).rejects.toThrow('stopped');
  });

  it('never shows the token', async () => {
    const seen: unknown[] = [];
    const fault = { on: /./, times: 99, body: { message: `rate limit, token ${FORMS.join(' ')}` } };
    for (const one of [
      { status: 401 },
      { status: 422 },
      { status: 500 },
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 429, headers: { 'retry-after': '9999' } },
    ]) {
      bench.server.model.faults.splice(0, 9, { ...fault, ...one });
      const forge = await bench.open({
        token: TOKEN,
        fetch: (input, init) => fetch(input, { ...init, headers: { authorization: `token ${bench.server.token}` } }),
        onWait: (_, reason) => seen.push(reason),
        onNotice: (text) => seen.push(text),
      });
      seen.push(await forge.find(bench.repository, 'x').catch((error: unknown) => error));
      seen.push(await forge.open(bench.repository, REQUEST).catch((error: unknown) => error));
    }
    const text = inspect(seen, { depth: 20 });
    expect(text).toContain('ForgeError');
    for (const form of FORMS) expect(text).not.toContain(form);
  });
});
