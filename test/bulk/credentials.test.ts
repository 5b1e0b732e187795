import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveGit } from '../support/git-server.js';
import { startRecorder, type Recorder } from '../support/recorder.js';
import { commitsOf, makeRepository, temporaryFolder } from '../support/repositories.js';
import { dockmod, statuses, UNPINNED, writeCampaign } from './program.js';

const BRANCH = 'dockmod/test';
const TOKEN = 'token-of-the-forge';
const env = { GITEA_TOKEN: TOKEN };

/** A git server for `acme/shop.git` that asks for a user, and a campaign over what `lines` say. */
async function serverWith(): Promise<{
  readonly server: Recorder;
  readonly repository: string;
  readonly root: string;
}> {
  const root = temporaryFolder();
  const repository = makeRepository(join(root, 'acme', 'shop.git'), { Dockerfile: UNPINNED });
  const server = await startRecorder((request, response) => {
    if (request.headers.authorization !== undefined) return serveGit(root, request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
  });
  return { server, repository, root };
}

/** A server that sends every request on to another address. */
const redirecting = (to: string): Promise<Recorder> =>
  startRecorder((request, response) => void response.writeHead(301, { location: `${to}${request.url ?? ''}` }).end());

function campaignAt(url: string, lines: readonly string[]): string {
  const folder = temporaryFolder();
  writeCampaign(folder, ['level: safe', 'sources:', `  - git: ${url}`, ...lines]);
  return folder;
}

const bulk = (folder: string, command: string, more: Readonly<Record<string, string>> = env) =>
  dockmod(folder, ['bulk', command, 'campaign.yaml'], more);
const only = (folder: string) => [...statuses(folder).values()][0];
const seenBy = ({ asked }: Recorder): string => asked.map(({ authorization }) => authorization).join('\n');
const forge = (host: string, more = ''): string =>
  `forges: [{ host: "${host}", kind: gitea, url: "http://${host}"${more} }]`;
const textsIn = (folder: string): string =>
  ['journal.jsonl', 'plan.jsonl', 'plan.diff']
    .map((name) => readFileSync(join(folder, 'test.dockmod', name), 'utf8'))
    .join();

describe('a token', () => {
  it('goes to no other host when git is redirected', async () => {
    const { server } = await serverWith();
    const first = await redirecting(`http://localhost:${server.port}`);
    const host = `127.0.0.1:${first.port}`;
    const folder = campaignAt(`http://${host}/acme/shop.git`, [forge(host)]);
    await bulk(folder, 'plan');
    expect(seenBy(first)).toContain(TOKEN);
    expect(seenBy(server)).not.toContain(TOKEN);
    expect(only(folder)).toMatchObject({
      state: 'skipped',
      reason: expect.stringMatching(
        /redirects to http:\/\/localhost:\d+\/acme\/shop\.git: credentials are not sent/,
      ) as unknown,
    });
    await Promise.all([server.close(), first.close()]);
  });

  it('goes to no other host that a forge names for its clones', async () => {
    const { server } = await serverWith();
    const api = await startRecorder((request, response) => {
      const clone_url = `http://localhost:${server.port}/acme/shop.git`;
      const list = [{ full_name: 'acme/shop', clone_url, default_branch: 'main', archived: false, fork: false }];
      const page = /page=1\b/.test(request.url ?? '') ? list : [];
      response.setHeader('content-type', 'application/json').end(JSON.stringify(page));
    });
    const folder = temporaryFolder();
    const source = `  - gitea: { organization: acme, url: "http://127.0.0.1:${api.port}" }`;
    writeCampaign(folder, ['level: safe', 'sources:', source]);
    const { err } = await bulk(folder, 'plan');
    expect(seenBy(api)).toContain(TOKEN);
    expect(seenBy(server)).not.toContain(TOKEN);
    expect(err).toMatch(/localhost:\d+: the token of 127\.0\.0\.1:\d+ is not sent there/);

    const alias = `forges: [{ host: "localhost:${server.port}", kind: gitea, url: "http://127.0.0.1:${api.port}" }]`;
    writeCampaign(folder, ['level: safe', 'sources:', source, alias]);
    expect(await bulk(folder, 'plan')).toMatchObject({ code: 0 });
    expect(only(folder)?.state).toBe('planned');
    await Promise.all([server.close(), api.close()]);
  });

  // 0.0.0.0 reaches this machine, but is no loopback address by its text.
  it.each([
    ['git', (url: string) => `  - git: ${url}/acme/shop.git`],
    ['an API', (url: string) => `  - gitea: { organization: acme, url: "${url}" }`],
  ])('does not go over plain http to another machine, by %s, unless that is allowed', async (_, source) => {
    const { server } = await serverWith();
    const host = `0.0.0.0:${server.port}`;
    const folder = temporaryFolder();
    const campaign = (more: string): void =>
      writeCampaign(folder, ['level: safe', 'sources:', source(`http://${host}`), forge(host, more)]);
    campaign('');
    const { err } = await bulk(folder, 'plan');
    expect(err).toContain(`${host}: nothing secret is sent over plain http`);
    expect(seenBy(server)).not.toContain(TOKEN);
    campaign(', allowHttp: true');
    await bulk(folder, 'plan');
    expect(seenBy(server)).toContain(TOKEN);
    await server.close();
  });
});

describe('a user in a URL', () => {
  it('goes before the token, and its password is written nowhere', async () => {
    const { server, repository } = await serverWith();
    const host = `127.0.0.1:${server.port}`;
    const folder = campaignAt(`http://alice:p%40ss-word@${host}/acme/shop.git`, [
      `forges: [{ host: "${host}", kind: none }]`,
    ]);
    const ran = await bulk(folder, 'run');
    expect(ran).toMatchObject({ code: 0 });
    expect(commitsOf(repository, BRANCH)).toHaveLength(2);
    expect(seenBy(server)).toContain('alice:p@ss-word');
    expect(textsIn(folder) + ran.err + ran.out).not.toMatch(/alice|ss-word/);

    const asForge = campaignAt(`http://alice:p%40ss-word@${host}/acme/shop.git`, [forge(host)]);
    await bulk(asForge, 'plan');
    expect(only(asForge)?.state).toBe('planned');
    expect(seenBy(server)).not.toContain(TOKEN);
    await server.close();
  });

  it('gets the password that git has for it', async () => {
    const { server } = await serverWith();
    const host = `127.0.0.1:${server.port}`;
    const folder = campaignAt(`http://alice@${host}/acme/shop.git`, [forge(host)]);
    const helper = '!f() { grep -q ^username=alice && echo password=stored-for-alice; }; f';
    writeFileSync(join(folder, 'gitconfig'), `[credential]\n\thelper = "${helper}"\n`);
    await bulk(folder, 'plan', { ...env, GIT_CONFIG_GLOBAL: join(folder, 'gitconfig') });
    expect(only(folder)?.state).toBe('planned');
    expect(seenBy(server)).toContain('alice:stored-for-alice');
    expect(seenBy(server)).not.toContain(TOKEN);
    await server.close();
  });
});

it('a repository that was renamed on its host is followed, to plan and to push', async () => {
  const root = temporaryFolder();
  const repository = makeRepository(join(root, 'acme', 'new.git'), { Dockerfile: UNPINNED });
  const server = await startRecorder((request, response) => {
    const url = request.url ?? '';
    if (/^\/acme\/(?:old|older)\.git/.test(url)) {
      const location = url.replace('old.git', 'new.git').replace('older.git', 'old.git');
      response.writeHead(301, { location }).end();
    } else serveGit(root, request, response);
  });
  const host = `127.0.0.1:${server.port}`;
  const folder = campaignAt(`http://alice:secret-of-alice@${host}/acme/older.git`, []);
  expect(await bulk(folder, 'run')).toMatchObject({ code: 0 });
  expect(commitsOf(repository, BRANCH)).toHaveLength(2);
  expect(readdirSync(join(folder, 'test.dockmod', 'clones'))).toHaveLength(1);
  await server.close();
});
