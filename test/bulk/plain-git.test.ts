import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitsOf, commitTo, git, makeRepository, temporaryFolder, type Files } from '../support/repositories.js';
import { dockmod, statuses, startDockmod, UNPINNED, writeCampaign } from './program.js';

const BRANCH = 'dockmod/test';
const SAFE = ['level: safe'];

/** A campaign over one repository. */
function campaignOver(files: Files, lines: readonly string[] = SAFE): { folder: string; repository: string } {
  const folder = temporaryFolder();
  const repository = makeRepository(join(folder, 'one.git'), files);
  writeCampaign(folder, ['sources:', '  - directory: one.git', ...lines]);
  return { folder, repository };
}

const plan = (folder: string) => dockmod(folder, ['bulk', 'plan', 'campaign.yaml']);
const apply = (folder: string) => dockmod(folder, ['bulk', 'apply', 'campaign.yaml']);
const sync = (folder: string) => dockmod(folder, ['bulk', 'sync', 'campaign.yaml']);
const status = (folder: string) => statuses(folder).get('one.git');

describe('plan and apply', () => {
  it('pushes one branch with exactly what the plan says, and nothing twice', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED, 'README.md': 'hello\n' });
    expect(await plan(folder)).toMatchObject({ code: 0 });
    expect(commitsOf(repository, BRANCH)).toEqual([]);
    const diff = readFileSync(join(folder, 'test.dockmod', 'plan.diff'), 'utf8');

    expect(await apply(folder)).toMatchObject({ code: 0 });
    expect(commitsOf(repository, BRANCH)).toHaveLength(2);
    expect(git(repository, 'diff', '--name-only', 'main', BRANCH)).toBe('Dockerfile');
    const hunks = (text: string): string[] => text.split('\n').filter((line) => /^[-+][^-+]/.test(line));
    expect(hunks(git(repository, 'diff', 'main', BRANCH))).toEqual(hunks(diff));

    const head = git(repository, 'rev-parse', BRANCH);
    for (const again of [apply, sync, apply]) expect(await again(folder)).toMatchObject({ code: 0 });
    expect(git(repository, 'rev-parse', BRANCH)).toBe(head);
  });

  it('leaves alone what tests read', async () => {
    const { folder } = campaignOver({ 'app/testdata/Dockerfile': UNPINNED });
    expect(await plan(folder)).toMatchObject({ code: 0 });
    expect(status(folder)).toMatchObject({ state: 'nothing', files: 0 });
  });

  it('prints the diff byte for byte, and on a terminal without the control characters of a file', async () => {
    const { folder } = campaignOver({ Dockerfile: UNPINNED.replace('CMD', '# \u001b[31mred\nCMD') });
    const printed = (env = {}) => dockmod(folder, ['bulk', 'plan', '--diff', 'campaign.yaml'], env);
    expect((await printed()).out).toBe(readFileSync(join(folder, 'test.dockmod', 'plan.diff'), 'utf8'));
    const { out } = await printed({ FORCE_COLOR: '1' });
    expect(out).toContain('# ^[[31mred');
    expect(out).toContain('\u001b[32m+');
  });

  it('makes a commit for each transform; the last one has the planned tree', async () => {
    const lines = [...SAFE, 'commit: { style: transform, signOff: true, message: "docker: {{transform}}" }'];
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED }, lines);
    await plan(folder);
    await apply(folder);
    const subjects = git(repository, 'log', '--reverse', '--format=%s', `main..${BRANCH}`).split('\n');
    expect(subjects).toEqual(['docker: combine-apt-update-install', 'docker: remove-package-caches']);
    expect(git(repository, 'log', '-1', '--format=%(trailers)', BRANCH)).toBe('Signed-off-by: Test <test@example.com>');
    expect(git(repository, 'show', `${BRANCH}:Dockerfile`)).toContain('rm -rf /var/lib/apt/lists/*');
  });

  it('signs when git is configured to', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    git(folder, 'init', '--quiet', 'keys');
    const { execFileSync } = await import('node:child_process');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
    writeFileSync(
      join(folder, '.gitconfig'),
      `[gpg]\nformat = ssh\n[commit]\ngpgSign = true\n[user]\nsigningKey = ${join(folder, 'key.pub')}\n`,
    );
    const env = { GIT_CONFIG_GLOBAL: join(folder, '.gitconfig') };
    await plan(folder);
    expect(await dockmod(folder, ['bulk', 'apply', 'campaign.yaml'], env)).toMatchObject({ code: 0 });
    expect(git(repository, 'cat-file', 'commit', BRANCH)).toContain('-----BEGIN SSH SIGNATURE-----');
    expect(git(repository, 'rev-parse', `${BRANCH}^`)).toBe(git(repository, 'rev-parse', 'main'));
  });

  it('applies the plan to a head that has moved when the fixes are the same', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    await plan(folder);
    commitTo(repository, { 'README.md': 'new\n' }, 'a colleague');
    expect(await apply(folder)).toMatchObject({ code: 0 });
    expect(git(repository, 'rev-parse', `${BRANCH}^`)).toBe(git(repository, 'rev-parse', 'main'));
  });

  it('skips the repository, and says so, when they are not', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    await plan(folder);
    commitTo(repository, { Dockerfile: UNPINNED.replace('curl', 'wget') }, 'a colleague');
    const { err } = await apply(folder);
    expect(err).toContain('main has moved since the plan was made, and the fixes are now different');
    expect(commitsOf(repository, BRANCH)).toEqual([]);
    expect(status(folder)?.state).toBe('skipped');
  });

  it('never overwrites a branch that has commits of others', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    await plan(folder);
    await apply(folder);
    const theirs = commitTo(repository, { 'notes.txt': 'mine\n' }, 'a colleague', BRANCH);
    commitTo(repository, { Dockerfile: `${UNPINNED}# more\n` }, 'main moves on');
    const { err } = await sync(folder);
    expect(err).toContain('has commits that dockmod did not make');
    expect(git(repository, 'rev-parse', BRANCH)).toBe(theirs);
  });

  it('brings its own branch up to date when the fixes change', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    await plan(folder);
    await apply(folder);
    commitTo(repository, { Dockerfile: UNPINNED.replace('curl', 'wget') }, 'main moves on');
    expect(await sync(folder)).toMatchObject({ code: 0 });
    expect(git(repository, 'rev-parse', `${BRANCH}^`)).toBe(git(repository, 'rev-parse', 'main'));
    expect(git(repository, 'show', `${BRANCH}:Dockerfile`)).toContain('wget');
  });

  it('does not push a branch again that was deleted', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    await plan(folder);
    await apply(folder);
    git(repository, 'branch', '--delete', '--force', BRANCH);
    const { err } = await sync(folder);
    expect(err).toContain('was deleted after it was pushed');
    expect(commitsOf(repository, BRANCH)).toEqual([]);
  });

  it('deletes its branch on close', async () => {
    const { folder, repository } = campaignOver({ Dockerfile: UNPINNED });
    await plan(folder);
    await apply(folder);
    expect(await dockmod(folder, ['bulk', 'close', 'campaign.yaml', '--delete-branches'])).toMatchObject({ code: 0 });
    expect(commitsOf(repository, BRANCH)).toEqual([]);
    expect(status(folder)?.state).toBe('closed');
  });
});

describe('unusual repositories', () => {
  const cases: readonly (readonly [what: string, files: Files, state: string, reason: RegExp])[] = [
    ['empty', {}, 'skipped', /has no commits/],
    ['without a Dockerfile', { 'a.txt': 'a' }, 'nothing', /no Dockerfile found/],
    ['in order', { Dockerfile: 'FROM scratch\n' }, 'nothing', /^nothing to fix$/],
    [
      'with a Dockerfile that is a link out of the tree',
      { Dockerfile: '-> ../../etc/passwd' },
      'nothing',
      /symbolic link that leads out of the repository/,
    ],
    [
      'with paths that collide',
      { Dockerfile: UNPINNED, DOCKERFILE: UNPINNED },
      'nothing',
      /differs from \w+ only in case/,
    ],
    [
      'not UTF-8',
      { Dockerfile: Buffer.from('FROM a\nRUN echo \xe9\n', 'latin1') },
      'nothing',
      /line 2: it is not UTF-8/,
    ],
  ];
  it.each(cases)('%s', async (_, files, state, reason) => {
    const { folder, repository } = campaignOver(files);
    expect(await plan(folder)).toMatchObject({ code: 0 });
    expect(await apply(folder)).toMatchObject({ code: 0 });
    expect(status(folder)).toMatchObject({ state, reason: expect.stringMatching(reason) as unknown });
    expect(commitsOf(repository, BRANCH)).toEqual([]);
  });

  it('that do not exist', async () => {
    const folder = temporaryFolder();
    writeCampaign(folder, ['sources:', '  - git: file:///nowhere/at-all.git', '  - directory: missing']);
    expect(await plan(folder)).toMatchObject({ code: 0 });
    const states = [...statuses(folder).values()].map(({ state, reason }) => `${state}: ${reason ?? ''}`);
    expect(states.sort()).toEqual([
      expect.stringMatching(/^skipped: .*at-all\.git' does not appear to be a git repository/),
      'skipped: the folder does not exist',
    ]);
  });

  it('with large files, which are never fetched', async () => {
    const { folder, repository } = campaignOver({
      Dockerfile: UNPINNED,
      'video.bin': Buffer.from(Array.from({ length: 8_000_000 }, (_, index) => (index * 7919) % 251)),
      'random.bin': (await import('node:crypto')).randomBytes(6_000_000),
    });
    for (let commit = 0; commit < 3; commit++)
      commitTo(repository, { 'random.bin': (await import('node:crypto')).randomBytes(6_000_000) }, 'more');
    await plan(folder);
    expect(status(folder)?.state).toBe('planned');
    expect(sizeOf(repository)).toBeGreaterThan(20_000_000);
    expect(sizeOf(join(folder, 'test.dockmod', 'clones'))).toBeLessThan(100_000);
    await apply(folder);
    expect(git(repository, 'diff', '--name-only', 'main', BRANCH)).toBe('Dockerfile');
  });
});

describe('a repository of others', () => {
  it('runs no code: its configuration only removes fixes, and its plugins are not loaded', async () => {
    const module = "import { writeFileSync } from 'node:fs';\nwriteFileSync('/tmp/dockmod-was-here', '');\n";
    const { folder, repository } = campaignOver(
      {
        Dockerfile: UNPINNED,
        'dockmod.config.yaml':
          'plugins: [./evil.mjs]\nskip: [remove-package-caches]\nexclude: [legacy]\nlevel: unsafe\n',
        'evil.mjs': module,
        'legacy/Dockerfile': UNPINNED,
      },
      ['level: safe'],
    );
    await plan(folder);
    await apply(folder);
    expect(existsSync('/tmp/dockmod-was-here')).toBe(false);
    expect(git(repository, 'diff', '--name-only', 'main', BRANCH)).toBe('Dockerfile');
    const text = git(repository, 'show', `${BRANCH}:Dockerfile`);
    expect(text).toContain('apt-get update &&');
    expect(text).not.toContain('rm -rf');
    expect(text).toContain('FROM debian\n');
  });

  it('does not reach ext:: and other remote helpers', async () => {
    const folder = temporaryFolder();
    writeCampaign(folder, ['sources:', `  - git: "ext::touch ${join(folder, 'was-here')}"`]);
    await plan(folder);
    expect(existsSync(join(folder, 'was-here'))).toBe(false);
  });

  it('leaves the working tree of a local checkout alone', async () => {
    const folder = temporaryFolder();
    makeRepository(join(folder, 'one.git'), { Dockerfile: UNPINNED });
    git(folder, 'clone', '--quiet', 'one.git', 'checkout');
    writeFileSync(join(folder, 'checkout', 'Dockerfile'), 'FROM scratch\n# in the middle of it\n');
    writeCampaign(folder, ['sources:', '  - directory: check*', ...SAFE]);
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'checkout', 'Dockerfile'), 'utf8')).toContain('in the middle');
    expect(git(join(folder, 'checkout'), 'show', `${BRANCH}:Dockerfile`)).toContain('rm -rf');
    expect(git(join(folder, 'checkout'), 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
  });
});

describe('two runs at once', () => {
  it('the second one refuses', async () => {
    const { folder } = campaignOver({ Dockerfile: UNPINNED });
    mkdirSync(join(folder, 'test.dockmod'));
    const holder = startDockmod(folder, ['bulk', 'plan', 'campaign.yaml'], { GIT_TRACE2_PERF: '0' });
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (!readdirSync(join(folder, 'test.dockmod')).some((name) => name.startsWith('lock.'))) return;
        clearInterval(timer);
        holder.kill('SIGSTOP');
        resolve();
      }, 1);
    });
    const { code, err } = await plan(folder);
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('another run works on this campaign') as unknown,
    });
    holder.kill('SIGKILL');
    await new Promise((resolve) => holder.on('close', resolve));
    expect(await plan(folder)).toMatchObject({ code: 0 });
  });
});

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
}
