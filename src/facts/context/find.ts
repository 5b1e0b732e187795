import { dirname, resolve } from 'node:path';
import type { Dockerfile } from '../../dockerfile/types.js';
import { pathBelow } from '../../paths.js';
import type { Refusal } from '../../refusal.js';
import type { ComposeService } from './builds/compose-services.js';
import { saidContext } from './said-context.js';
import { DiskTrees, readServices, wholeTree, type DiskCache } from './disk.js';
import type { Repository } from '../repository/types.js';
import { nearestContext } from './nearest-context.js';
import { isBelow, isFolder, noContext, open, type FoundContext, type Search, type WantedManifests } from './search.js';
import { contextSources, type ContextSources } from './sources.js';

export type { FoundContext } from './search.js';

export interface FindOptions {
  /** `--context`: taken as it is. */
  readonly explicit?: string | undefined;
  /** The search never looks above this folder. */
  readonly root: string;
  /** Share one between the Dockerfiles of a run. */
  readonly cache?: DiskCache | undefined;
  /** Which manifests a `COPY . .` needs for what it runs. */
  readonly wantedManifests: WantedManifests;
}

/**
 * Finds the build context of a Dockerfile as a user would: `--context`; a compose file in its folder or above that names it; the
 * nearest folder in which the sources of its COPY and ADD are.
 * @param path absolute
 */
export function findContext(path: string, dockerfile: Dockerfile, options: FindOptions): FoundContext | Refusal {
  const { explicit, cache = new DiskTrees(), wantedManifests } = options;
  const root = resolve(options.root);
  const sources = contextSources(dockerfile);
  const folders = foldersUpTo(dirname(path), root, cache);
  const search: Search = { path, dockerfile, sources, cache, root, folders, wantedManifests };
  if (explicit !== undefined) {
    const folder = resolve(explicit);
    return isFolder(search, folder)
      ? open(search, folder, '--context')
      : noContext(`the context ${explicit} is no folder`);
  }
  return (copiesSomething(sources) ? saidContext(search) : undefined) ?? nearestContext(search);
}

/**
 * The repository that a Dockerfile is in: the nearest folder above it with a .git, up to the root of the run.
 * @param path absolute
 */
export function repositoryOf(path: string, root: string, cache: DiskCache): Repository {
  const folder = foldersUpTo(dirname(path), resolve(root), cache).at(-1) ?? dirname(path);
  return wholeTree(cache.tree(folder));
}

/** The folder that a Dockerfile is in, from the root of its repository on; `''` is that root. */
export function folderInRepository(path: string, root: string, cache: DiskCache): string {
  const folder = dirname(path);
  return pathBelow(foldersUpTo(folder, resolve(root), cache).at(-1) ?? folder, folder) ?? '';
}

/**
 * How compose files run the image of a Dockerfile: those of its folder and of the folders above it, up to its repository's root.
 * @param path absolute
 */
export function servicesAround(path: string, root: string, cache: DiskCache): readonly ComposeService[] {
  return readServices(path, foldersUpTo(dirname(path), resolve(root), cache), cache);
}

/** Without that, it does not matter what a compose file says. */
function copiesSomething({ literal, globs, whole, unknown }: ContextSources): boolean {
  return literal.length + globs.length > 0 || whole || unknown;
}

/** From the Dockerfile's folder up to the root of the search, or of the repository. */
function foldersUpTo(start: string, root: string, cache: DiskCache): string[] {
  const folders = [start];
  const isRepository = (folder: string): boolean => cache.tree(folder).exists('.git') !== undefined;
  for (let folder = start; folder !== root && isBelow(folder, root) && !isRepository(folder);) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}
