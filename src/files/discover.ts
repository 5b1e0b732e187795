import { realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDockerfileName } from '../facts/context/dockerfiles.js';
import type { ConfigCache } from './config/config-cache.js';
import { configTop } from './config/find.js';
import { draftFolders } from './disk/drafts.js';
import { FileError, describeError } from './disk/errors.js';
import { linkError } from './disk/links.js';
import { isInFolder } from './disk/paths.js';
import { repositoryOf } from './disk/repository.js';
import type { Found } from './found.js';
import { whyExcluded } from './patterns.js';
import { walkTree, type Walk } from './walk.js';

/** What a run finds, and where an earlier one that was killed may have left drafts. */
export interface Discovered {
  readonly found: readonly Found[];
  readonly draftFolders: readonly string[];
}

/**
 * The Dockerfiles that the paths name or contain, without repetition: in the order of the paths, by name within a folder. A named
 * file is taken whatever .gitignore and its name say; the configuration's `exclude` holds for it too, as pre-commit and lint-staged
 * name the files that a commit changes.
 */
export async function discover(paths: readonly string[], cwd: string, configs: ConfigCache): Promise<Discovered> {
  const all: Discovered[] = [];
  for (const path of paths.length === 0 ? ['.'] : paths) all.push(await discoverPath(resolve(cwd, path), cwd, configs));
  const found = all.flatMap((one) => one.found).toReversed();
  const named = new Map(found.flatMap((one) => (one.named === true ? [[one.path, one] as const] : [])));
  return {
    found: [...new Map(found.map((one) => [one.path, named.get(one.path) ?? one])).values()].toReversed(),
    draftFolders: [...new Set(all.flatMap((one) => one.draftFolders))],
  };
}

async function discoverPath(path: string, cwd: string, configs: ConfigCache): Promise<Discovered> {
  const stat = statOrError(path);
  if (stat instanceof FileError || !stat.isDirectory())
    return { found: [await namedFile(path, cwd, configs, stat)], draftFolders: draftFolders(path) };
  const scope = await configs.scopeOf(path, configTop(path, path));
  const skipped = whyExcluded(scope, path, true);
  if (skipped !== undefined) return { found: [{ path, root: path, scope, skipped }], draftFolders: [] };
  const walk: Walk = { root: path, configs, found: [], draftFolders: [...draftFolders(join(path, '.'))] };
  await walkTree(walk, scope);
  if (walk.found.length === 0 && isDockerfileName(basename(path)))
    walk.found.push({ path, root: path, scope, error: new FileError('it is a folder without a Dockerfile', 'find') });
  return walk;
}

function statOrError(path: string): Stats | FileError {
  try {
    return statSync(path);
  } catch (error) {
    return new FileError(describeError(error), 'find');
  }
}

async function namedFile(path: string, cwd: string, configs: ConfigCache, stat: Stats | FileError): Promise<Found> {
  const folder = dirname(path);
  const root = isInFolder(cwd, path) ? cwd : folder;
  const scope = await configs.scopeOf(folder, configTop(folder, root));
  if (stat instanceof FileError) return { path, root, scope, error: stat };
  const tree = repositoryOf(folder) ?? root;
  const skipped = whyExcluded(scope, path, false);
  if (skipped !== undefined) return { path, root, scope, skipped };
  return { path, root, scope, named: true, error: linkError(path, realpathSync(tree)) };
}
