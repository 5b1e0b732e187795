import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parentPath } from '../paths.js';
import { repositoryOf } from './disk/repository.js';
import { seenFrom } from '../facts/context/seen-from.js';

/** Tells of a path, absolute, whether git tracks it, or anything in it. */
export type IsTracked = (path: string, directory: boolean) => boolean;

const MAX_LIST = 256 * 1024 * 1024;

/**
 * What git tracks around a folder: a rule of .gitignore does not count for it. git is asked when the first path is, so that a tree in
 * which nothing is ignored costs nothing; where there is no repository, or no git, nothing is tracked.
 */
export function trackedIn(folder: string): IsTracked {
  const repository = repositoryOf(folder);
  if (repository === undefined) return () => false;
  let known: Tracked | undefined;
  return (path, directory) => {
    known ??= listTracked(repository);
    const inside = seenFrom(repository, path);
    return (directory ? known.folders : known.files).has(inside);
  };
}

/** Paths from the repository's root. */
interface Tracked {
  readonly files: ReadonlySet<string>;
  /** That hold any of the files. */
  readonly folders: ReadonlySet<string>;
}

/** Named in full, so that neither a hook's environment nor another account's repository counts; nothing of the repository is run. */
function listTracked(repository: string): Tracked {
  const where = [`--git-dir=${join(repository, '.git')}`, `--work-tree=${repository}`];
  const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
  const { status, stdout } = spawnSync('git', [...where, ...safely, 'ls-files', '-z', '--cached'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: MAX_LIST,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const files = status === 0 ? stdout.split('\0') : [];
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = parentPath(file); folder !== '' && !folders.has(folder); folder = parentPath(folder))
      folders.add(folder);
  return { files: new Set(files), folders };
}
