import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitsOf, git, makeRepository, temporaryFolder } from '../support/repositories.js';
import { campaignOn } from './campaign-of.js';
import { dockmod, statuses, UNPINNED, writeCampaign } from './program.js';

const BRANCH = 'dockmod/test';
/** Every hook of a receiving repository. */
const HOOKS = [
  'pre-receive',
  'update',
  'post-receive',
  'post-update',
  'push-to-checkout',
  'reference-transaction',
  'pre-auto-gc',
];

function addHook(gitFolder: string, name: string, script: string): void {
  const file = join(gitFolder, 'hooks', name);
  mkdirSync(join(gitFolder, 'hooks'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** A checkout beside its campaign, with everything set up that git would run on a push; `ran` is what did. */
function trapped(dockerfile = UNPINNED): { folder: string; checkout: string; ran: () => string } {
  const folder = temporaryFolder();
  makeRepository(join(folder, 'one.git'), { Dockerfile: dockerfile });
  git(folder, 'clone', '--quiet', 'one.git', 'checkout');
  const checkout = join(folder, 'checkout');
  const log = join(folder, 'ran.txt');
  for (const name of HOOKS) addHook(join(checkout, '.git'), name, `echo ${name} >> ${log}`);
  const program = join(folder, 'program.sh');
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${log}\n`);
  chmodSync(program, 0o755);
  for (const [key, value] of [
    ['core.alternateRefsCommand', program],
    ['core.fsmonitor', program],
    ['gpg.program', program],
    ['receive.certNonceSeed', 'seed'],
    ['filter.trap.smudge', program],
    ['uploadpack.packObjectsHook', program],
    ['gc.auto', '1'],
  ] as const)
    git(checkout, 'config', key, value);
  makeRepository(join(folder, 'alternate.git'), {});
  mkdirSync(join(checkout, '.git', 'objects', 'info'), { recursive: true });
  appendFileSync(
    join(checkout, '.git', 'objects', 'info', 'alternates'),
    `${join(folder, 'alternate.git', 'objects')}\n`,
  );
  writeCampaign(folder, ['level: safe', 'sources:', '  - directory: checkout']);
  return { folder, checkout, ran: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

const run = (folder: string, ...more: string[]) => dockmod(folder, ['bulk', ...more, 'campaign.yaml']);

describe('a folder that is pushed to', () => {
  it('runs none of its hooks and commands, whether a branch is made, moved or deleted', async () => {
    const { folder, checkout, ran } = trapped();
    expect(await run(folder, 'run')).toMatchObject({ code: 0 });
    expect(commitsOf(checkout, BRANCH)).toHaveLength(2);
    writeFileSync(join(checkout, 'Dockerfile'), UNPINNED.replace('curl', 'wget'));
    git(checkout, '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', 'commit', '--quiet', '-am', 'more');
    expect(await run(folder, 'sync')).toMatchObject({ code: 0 });
    expect(git(checkout, 'show', `${BRANCH}:Dockerfile`)).toContain('wget');
    expect(await run(folder, 'close', '--delete-branches')).toMatchObject({ code: 0 });
    expect(commitsOf(checkout, BRANCH)).toEqual([]);
    expect(ran()).toBe('');
  });

  it('fetches no objects that it lacks', async () => {
    const long = UNPINNED + Array.from({ length: 300 }, (_, line) => `# ${line}\n`).join('');
    const { folder, checkout, ran } = trapped(long);
    for (const [key, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.uploadpack', join(folder, 'program.sh')],
    ] as const)
      git(checkout, 'config', key, value);
    expect(await run(folder, 'plan')).toMatchObject({ code: 0 });
    // The push says what differs from it.
    const blob = git(checkout, 'rev-parse', 'HEAD:Dockerfile').trim();
    rmSync(join(checkout, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    await run(folder, 'apply');
    expect(ran()).toBe('');
    expect([...statuses(folder).values()]).toMatchObject([{ reason: expect.stringContaining('unpack') as unknown }]);
  });

  it('keeps its working tree when the branch is checked out, whatever it is configured to do then', async () => {
    const { folder, checkout, ran } = trapped();
    expect(await run(folder, 'run')).toMatchObject({ code: 0 });
    git(checkout, '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', 'checkout', '--quiet', BRANCH);
    git(checkout, 'config', 'receive.denyCurrentBranch', 'updateInstead');
    const before = readFileSync(join(checkout, 'Dockerfile'), 'utf8');
    git(join(folder, 'one.git'), 'config', 'receive.denyCurrentBranch', 'ignore');
    await run(folder, 'close', '--delete-branches');
    expect(readFileSync(join(checkout, 'Dockerfile'), 'utf8')).toBe(before);
    expect(commitsOf(checkout, BRANCH)).toHaveLength(2);
    expect(ran()).toBe('');
  });

  it('is left alone when its configuration has hooks, which no setting ends', async () => {
    const { folder, checkout } = trapped();
    writeFileSync(join(folder, 'more.cfg'), '[hook "trap"]\n\tevent = post-receive\n\tcommand = false\n');
    git(checkout, 'config', 'include.path', join(folder, 'more.cfg'));
    await run(folder, 'run');
    expect(statuses(folder).get('checkout')).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('its git configuration runs a hook (hook.trap.command)') as unknown,
    });
    expect(commitsOf(checkout, BRANCH)).toEqual([]);
  });
});

it('a server runs its own hooks, and may refuse the branch', async () => {
  const campaign = await campaignOn('gitea', 1);
  const { folder, env, forge, repository } = campaign;
  addHook(repository('r0'), 'pre-receive', 'echo "GH006: Protected branch update failed" >&2\nexit 1');
  await dockmod(folder, ['bulk', 'run', 'campaign.yaml'], env);
  expect([...statuses(folder).values()]).toMatchObject([
    { state: 'skipped', reason: expect.stringContaining('the remote refuses the branch') as unknown },
  ]);
  expect(commitsOf(repository('r0'), BRANCH)).toEqual([]);
  await forge.close();
});
