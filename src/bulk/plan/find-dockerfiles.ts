import { isDockerfileName, isDockerfileTemplate } from '../../facts/context/dockerfiles.js';
import { testDataFolder } from '../../files/test-data.js';
import { SKIPPED_FOLDERS } from '../../files/walk.js';
import { baseName, parentPath } from '../../paths.js';
import { resolvePath } from '../git/tree.js';
import type { RepositoryFiles } from './repository-files.js';
import type { PlannedSkip } from './types.js';

/** A Dockerfile of a repository; `problem` says why it can't be fixed. */
export interface FoundDockerfile {
  readonly path: string;
  readonly problem: string | undefined;
}

export interface FoundDockerfiles {
  /** Sorted by path. */
  readonly found: readonly FoundDockerfile[];
  readonly skipped: readonly PlannedSkip[];
}

/** A link counts when it leads to a file of the repository that is not a candidate itself. */
export async function findDockerfiles(files: RepositoryFiles): Promise<FoundDockerfiles> {
  const { entries } = files.tree;
  const all = [...entries].filter(([, { kind }]) => kind === 'file' || kind === 'link');
  const candidates = all.filter(([path]) => isCandidate(path));
  await files.load(candidates.flatMap(([path, { kind }]) => (kind === 'link' ? [path] : [])));
  const twins = collisions(entries.keys());
  const found = new Map<string, FoundDockerfile>();
  for (const [path, { kind }] of candidates) {
    const real = kind === 'file' ? path : follow(files, path);
    const twin = twins.get(path.toLowerCase())?.find((other) => other !== path);
    if (real === undefined)
      found.set(path, { path, problem: 'it is a symbolic link that leads out of the repository' });
    else if (twin !== undefined)
      found.set(path, {
        path,
        problem: `its name differs from ${twin} only in case: some file systems can't hold both`,
      });
    else if (real === path || (entries.get(real)?.kind === 'file' && !isCandidate(real)))
      found.set(real, { path: real, problem: undefined });
  }
  const skipped = all.flatMap(([path]) => skippedByName(path) ?? []);
  return { found: [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}

function follow(files: RepositoryFiles, path: string): string | undefined {
  return resolvePath(files.tree, path, (link) => {
    const bytes = files.get(link);
    return bytes && Buffer.from(bytes).toString();
  });
}

function isCandidate(path: string): boolean {
  return isDockerfileName(baseName(path)) && !isOfOthers(path) && testDataFolder(parentPath(path)) === undefined;
}

/** What others wrote, and installed packages: nobody asks why those are skipped. */
function isOfOthers(path: string): boolean {
  return parentPath(path)
    .split('/')
    .some((name) => SKIPPED_FOLDERS.has(name));
}

function skippedByName(path: string): PlannedSkip | undefined {
  const name = baseName(path);
  if (isOfOthers(path)) return undefined;
  if (isDockerfileTemplate(name)) return { path, reason: 'its name is that of a template' };
  const folder = isDockerfileName(name) ? testDataFolder(parentPath(path)) : undefined;
  return folder === undefined ? undefined : { path, reason: `tests read it: it is in a folder named ${folder}` };
}

/** Paths by their lower-case form: those with the same key are one file on a case-insensitive file system. */
function collisions(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const key = path.toLowerCase();
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [path]);
    else same.push(path);
  }
  return byName;
}
