import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryOf } from './repository.js';

/** The new content of a file, until it is renamed over it. */
const DRAFT = /^\.dockmod-[0-9a-z]+\.tmp$/;
/** A draft lives for milliseconds; one that is this old was left by a run that was killed. */
const OLD_MS = 60_000;

export function isDraftName(name: string): boolean {
  return DRAFT.test(name);
}

/** A new path in a folder. Need not be unique: `wx` refuses a name that exists. */
export function draftIn(folder: string): string {
  return join(folder, `.dockmod-${Math.random().toString(36).slice(2)}.tmp`);
}

/**
 * Where a draft of a file may be written, the best place first: in `.git`, where `git status` and a build context don't see one that a kill
 * leaves; else beside the file. @param path absolute
 */
export function draftFolders(path: string): readonly string[] {
  const folder = dirname(path);
  const repository = repositoryOf(folder);
  const inGit = repository === undefined ? [] : [join(repository, '.git')].filter(isFolder);
  return [...inGit, folder];
}

/** A worktree and a submodule have a file there. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Removes the drafts in a folder that no running write can own. What can't be removed stays for a later run. */
export function sweepDrafts(folder: string): void {
  try {
    for (const name of readdirSync(folder).filter(isDraftName)) {
      const stat = lstatSync(join(folder, name));
      if (stat.isFile() && Date.now() - stat.mtimeMs > OLD_MS) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // Not a folder that this run may change.
  }
}
