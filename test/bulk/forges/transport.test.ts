import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { PUBLIC_FORGES } from '../../../src/bulk/forges/addresses.js';
import { openForge } from '../../../src/bulk/forges/index.js';
import { startRecorder } from '../../support/recorder.js';
import { KINDS, ownerQuery, REQUEST, startBench } from './setup.js';

describe.each(KINDS)('%s', (kind) => {
  it('takes its token to no other host', async () => {
    const asked: IncomingMessage[] = [];
    const other = createServer((request, response) => {
      asked.push(request);
      response.setHeader('content-type', 'application/json').end('[]');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const bench = await startBench(kind);
    const location = `http://localhost:${(other.address() as AddressInfo).port}/`;
    bench.server.model.faults.push({ on: /^GET/, times: 1, status: 302, headers: { location } });
    await (await bench.open()).find(bench.repository, 'x');
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked[0]?.headers)).not.toContain(bench.server.token);
    other.close();
    await bench.close();
  });

  it('takes its token to no other host that a list names for its next page', async () => {
    const bench = await startBench(kind);
    const other = await startRecorder(
      (_, response) => void response.setHeader('content-type', 'application/json').end('[]'),
    );
    const link = `<http://localhost:${other.port}/next>; rel="next"`;
    bench.server.model.faults.push({ on: /^GET/, times: 1, status: 200, headers: { link }, body: [] });
    await bench.list(ownerQuery(kind, 'acme')).catch(() => undefined);
    expect(JSON.stringify(other.asked)).not.toContain(bench.server.token);
    if (kind === 'github') expect(other.asked).toHaveLength(1);
    await other.close();
    await bench.close();
  });

  it('says who it is', async () => {
    const agents: (string | null)[] = [];
    const bench = await startBench(kind);
    const forge = await bench.open({
      version: '1.2.3',
      fetch: (input, init) => {
        agents.push(new Headers(init?.headers).get('user-agent'));
        return fetch(input, init);
      },
    });
    await forge.find(bench.repository, 'x');
    expect(agents[0]).toMatch(/^dockmod\/1\.2\.3\b/);
    await bench.close();
  });
});

describe.each(['gitlab', 'gitea'] as const)('%s', (kind) => {
  it('sends no write on to where something has moved', async () => {
    const bench = await startBench(kind);
    const forge = await bench.open();
    await forge.open(bench.repository, REQUEST);
    const headers = { location: `${bench.server.url}/api/elsewhere` };
    bench.server.model.faults.push({ on: /^(?:PUT|PATCH)/, times: 1, status: 301, headers });
    await expect(forge.update(bench.repository, 1, { title: 'x', body: '' })).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/moved to .*elsewhere/) as string,
    });
    await bench.close();
  });
});

describe('github.com', () => {
  it('is given three seconds between two pull requests', async () => {
    const bench = await startBench('github');
    bench.add('acme/second');
    const { github: address } = PUBLIC_FORGES;
    const opened: number[] = [];
    const forge = await openForge(address, {
      token: bench.server.token,
      version: '0.0.0',
      fetch: (input, init) => {
        if (init?.method === 'POST') opened.push(Date.now());
        const url = String(input instanceof Request ? input.url : input);
        return fetch(url.replace('https://api.github.com', `${bench.server.url}/api/v3`), init);
      },
    });
    await Promise.all(['acme/shop', 'acme/second'].map((path) => forge.open({ ...bench.repository, path }, REQUEST)));
    const [first = 0, second = 0] = opened;
    expect(second - first).toBeGreaterThanOrEqual(2900);
    await bench.close();
  });
});
