import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCommits } from '../../src/bulk/apply/write-commits.js';
import { entryNameProblem } from '../../src/bulk/git/entry-names.js';
import { openGit } from '../../src/bulk/git/run.js';
import { commitsOf, git, gitEnv, makeRepository, temporaryFolder } from '../support/repositories.js';
import { dockmod, statuses, UNPINNED, writeCampaign } from './program.js';

function hashObject(repository: string, type: string, content: Buffer | string): string {
  const args = ['hash-object', '-w', '--literally', '-t', type, '--stdin'];
  return execFileSync('git', args, { cwd: repository, env: gitEnv(repository), input: content })
    .toString()
    .trim();
}

/** A bare repository whose newest commit has, beside a Dockerfile, an entry with this name; git itself would not write it. */
function repositoryWith(folder: string, name: Buffer | string, mode = '100644'): string {
  const repository = makeRepository(join(folder, 'one.git'), { Dockerfile: UNPINNED });
  const blob = git(repository, 'rev-parse', 'main:Dockerfile');
  const tree = git(repository, 'rev-parse', 'main^{tree}');
  const entry = (one: string, text: Buffer | string, id: string): Buffer =>
    Buffer.concat([Buffer.from(`${one} `), Buffer.from(text), Buffer.from([0]), Buffer.from(id, 'hex')]);
  const broken = hashObject(
    repository,
    'tree',
    Buffer.concat([entry('100644', 'Dockerfile', blob), entry(mode, name, mode === '40000' ? tree : blob)]),
  );
  const inner = hashObject(repository, 'tree', entry('40000', 'sub', broken));
  const commit = hashObject(
    repository,
    'commit',
    `tree ${inner}\nparent ${git(repository, 'rev-parse', 'main')}\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nx\n`,
  );
  git(repository, 'update-ref', 'refs/heads/main', commit);
  return repository;
}

const NAMES: readonly (readonly [name: Buffer | string, mode: string, reason: RegExp])[] = [
  ['..', '40000', /named "\.\."/],
  ['.', '40000', /named "\."/],
  ['.git', '40000', /take for \.git/],
  ['.GIT', '40000', /take for \.git/],
  ['git~1', '40000', /take for \.git/],
  ['GIT~1. .', '40000', /take for \.git/],
  ['.git ', '40000', /take for \.git/],
  ['.git::$INDEX_ALLOCATION', '40000', /take for \.git/],
  ['.g\u200cit', '40000', /take for \.git/],
  ['.git\\config', '100644', /take for \.git/],
  ['a\\..\\..\\b', '100644', /leads out of its folder on Windows/],
  ['app/Dockerfile', '100644', /has a slash/],
  [Buffer.from('\xff/Dockerfile', 'latin1'), '100644', /has a slash/],
  ['Dockerfile', '100644', /there are two of sub\/Dockerfile/],
];

describe('a commit with an entry that git would not write', () => {
  it.each(NAMES)('%j is refused before anything is written', async (name, mode, reason) => {
    const folder = temporaryFolder();
    const repository = repositoryWith(folder, name, mode);
    writeCampaign(folder, ['level: safe', 'sources:', '  - git: one.git']);
    expect(await dockmod(folder, ['bulk', 'run', 'campaign.yaml'])).toMatchObject({ code: 0 });
    expect(statuses(folder).get('one.git')).toMatchObject({
      state: 'skipped',
      reason: expect.stringMatching(reason) as unknown,
    });
    expect(commitsOf(repository, 'dockmod/test')).toEqual([]);
  });
});

it.each(['.gitignore', '.github', '.gitmodules', 'git', 'git~2', '..a', 'a..', 'a\\b', 'unit-\\x2d.service', 'é'])(
  '%s is a name like others',
  (name) => {
    expect(entryNameProblem(name)).toBeUndefined();
  },
);

it.each(['../up', 'a/.git/hooks/pre-commit', '/etc/passwd', 'a//b', ''])(
  'a plan that names %j is refused before anything is written',
  async (path) => {
    const repository = makeRepository(join(temporaryFolder(), 'one.git'), { Dockerfile: UNPINNED });
    const parent = git(repository, 'rev-parse', 'main');
    const file = { path, mode: '100644', before: undefined, after: '0'.repeat(40), diff: '' } as const;
    const who = { author: 'a <a@b>', committer: 'a <a@b>', seconds: 1, sign: false };
    await expect(
      writeCommits(
        openGit({ env: gitEnv(repository) }),
        repository,
        { parent, commits: [{ message: 'x', files: [file] }] },
        who,
      ),
    ).rejects.toThrow(/the plan writes a path with a part/);
  },
);
