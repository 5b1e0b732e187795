import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Contents by path; a link is written as `-> target`. */
export type Files = Readonly<Record<string, string | Buffer>>;

const WHO = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Environment for git: an identity, and no configuration of the user or the system. */
export function gitEnv(home: string): NodeJS.ProcessEnv {
  return { ...process.env, ...WHO, HOME: home, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env: gitEnv(cwd), stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim();
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dockmod-test-'));
}

/** A bare repository with one commit of these files; an empty repository without files. */
export function makeRepository(path: string, files: Files): string {
  mkdirSync(path, { recursive: true });
  git(path, 'init', '--quiet', '--bare', '--initial-branch=main');
  git(path, 'config', 'uploadpack.allowFilter', 'true');
  if (Object.keys(files).length > 0) commitTo(path, files, 'first');
  return path;
}

/** Adds a commit with these files to a branch of a bare repository, as a colleague would. */
export function commitTo(path: string, files: Files, message: string, branch = 'main'): string {
  const work = temporaryFolder();
  git(work, 'clone', '--quiet', path, 'tree');
  const tree = join(work, 'tree');
  git(tree, 'checkout', '--quiet', '-B', branch, ...(hasBranch(tree, branch) ? [`origin/${branch}`] : []));
  for (const [name, content] of Object.entries(files)) {
    const file = join(tree, name);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string' && content.startsWith('-> ')) symlinkSync(content.slice(3), file);
    else writeFileSync(file, content);
  }
  git(tree, 'add', '--all', '--force');
  git(tree, 'commit', '--quiet', '--message', message);
  git(tree, 'push', '--quiet', 'origin', `HEAD:${branch}`);
  const commit = git(tree, 'rev-parse', 'HEAD');
  rmSync(work, { recursive: true });
  return commit;
}

function hasBranch(tree: string, branch: string): boolean {
  return git(tree, 'branch', '--remotes', '--list', `origin/${branch}`) !== '';
}

/** Commits of a branch, newest first. */
export function commitsOf(path: string, branch: string): string[] {
  try {
    return git(path, 'rev-list', branch).split('\n');
  } catch {
    return [];
  }
}
