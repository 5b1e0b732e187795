import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { GitError } from './errors.js';
import type { Git, GitCall } from './run.js';

/** Milliseconds before each retry of what the network cut off. */
const PAUSES = [1000, 4000];

/** Larger blobs are never fetched: a Dockerfile and the files that an install reads are smaller. */
const FILTER = 'blob:limit=1m';
/** The command that serves a local folder: only with this option does it apply the filter. */
const LOCAL_SERVER = 'git -c uploadpack.allowFilter=true upload-pack';
/** With this configuration git fetches missing objects on demand; without it, blobs that the filter left out stay missing. */
const PARTIAL: GitCall['config'] = [
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', FILTER],
];

export interface Clone {
  readonly directory: string;
  /** The remote's default branch. */
  readonly branch: string;
}

export interface CloneOptions {
  /** Where clones are kept from one run to the next. */
  readonly cache: string;
  /** Credentials for the remote, as configuration. */
  readonly config: GitCall['config'];
}

function cloneDirectory(cache: string, url: string): string {
  return join(cache, `${createHash('sha256').update(url).digest('hex').slice(0, 24)}.git`);
}

/**
 * A bare clone of the default branch's newest commit, without history or large files; a cached clone is brought up to date.
 * @throws GitError
 */
export async function openClone(git: Git, url: string, options: CloneOptions): Promise<Clone> {
  const directory = cloneDirectory(options.cache, url);
  if (existsSync(join(directory, 'HEAD'))) await refresh(git, url, directory, options);
  else await clone(git, url, directory, options);
  const head = (await readFile(join(directory, 'HEAD'), 'utf8')).trim();
  return { directory, branch: head.replace(/^ref: refs\/heads\//, '') };
}

/** Directory of a clone that has a commit; fetches only when the cached clone lacks it. @throws GitError */
export async function openCloneAt(git: Git, url: string, commit: string, options: CloneOptions): Promise<string> {
  const directory = cloneDirectory(options.cache, url);
  const there = existsSync(join(directory, 'HEAD')) && (await localCommit(git, directory, `${commit}^{commit}`));
  return there === commit ? directory : (await openClone(git, url, options)).directory;
}

async function clone(git: Git, url: string, directory: string, { config = [] }: CloneOptions): Promise<void> {
  const part = `${directory}.part`;
  await mkdir(dirname(directory), { recursive: true });
  const shallow = ['--depth=1', '--single-branch', '--no-tags', `--filter=${FILTER}`];
  await withRetries(async () => {
    await rm(part, { recursive: true, force: true });
    await git.run(['clone', '--quiet', '--bare', '--template=', ...shallow, ...server(url), '--', url, part], {
      config,
    });
  });
  const file = join(part, 'config');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^[ \t]*(?:promisor|partialclonefilter) = .*\n/gm, ''));
  await rename(part, directory);
}

async function refresh(git: Git, url: string, directory: string, { config = [] }: CloneOptions): Promise<void> {
  const { branch, commits } = await readRemote(git, url, [], config);
  if (branch === undefined) return;
  const ref = `refs/heads/${branch}`;
  if ((await localCommit(git, directory, ref)) !== commits.get('HEAD'))
    await withRetries(() =>
      git.run(['fetch', '--quiet', '--depth=1', '--no-tags', '--force', ...server(url), 'origin', `${ref}:${ref}`], {
        cwd: directory,
        config: [...config, ...(PARTIAL ?? [])],
      }),
    );
  await git.run(['symbolic-ref', 'HEAD', ref], { cwd: directory });
}

function server(url: string): readonly string[] {
  return url.startsWith('file:') ? [`--upload-pack=${LOCAL_SERVER}`] : [];
}

async function localCommit(git: Git, directory: string, ref: string): Promise<string | undefined> {
  try {
    return (await git.run(['rev-parse', '--verify', '--quiet', ref], { cwd: directory })).toString().trim();
  } catch {
    return undefined;
  }
}

/** The current state of a remote. */
export interface Remote {
  /** Its default branch; undefined when it has no commits. */
  readonly branch: string | undefined;
  /** Commits of `HEAD` and of the branches asked for, by name. */
  readonly commits: ReadonlyMap<string, string>;
}

/** @throws GitError */
export async function readRemote(
  git: Git,
  url: string,
  branches: readonly string[],
  config: GitCall['config'] = [],
): Promise<Remote> {
  const refs = branches.map((branch) => `refs/heads/${branch}`);
  const out = await withRetries(() =>
    git.run(['ls-remote', '--quiet', '--symref', '--', url, 'HEAD', ...refs], { config }),
  );
  const lines = out.toString().split('\n');
  const commits = new Map<string, string>();
  let branch: string | undefined;
  for (const line of lines) {
    const [value = '', name = ''] = line.split('\t');
    if (value.startsWith('ref: refs/heads/') && name === 'HEAD') branch = value.slice('ref: refs/heads/'.length);
    else if (name !== '') commits.set(name.replace(/^refs\/heads\//, ''), value);
  }
  return { branch: commits.has('HEAD') ? branch : undefined, commits };
}

async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitError) || error.kind !== 'network') throw error;
      await setTimeout(pause);
    }
  return work();
}
