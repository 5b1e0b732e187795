import { join, relative } from 'node:path';
import type { Refusal } from '../../refusal.js';
import { readComposeBuilds, type ComposeBuild } from './compose.js';
import { readDiskText, type DiskCache } from './disk.js';
import { isBelow, isFolder, namesIn, NAME_IT, noContext, open, type FoundContext, type Search } from './search.js';

const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/** The context that compose files in the Dockerfile's folder and above name for it, the nearest first; undefined when none does. */
export function composeContext(search: Search): FoundContext | Refusal | undefined {
  for (const folder of search.folders) {
    const found = composeBuilds(search, folder).filter(
      ({ context, dockerfile }) =>
        dockerfile === search.path && isBelow(context, search.root) && isFolder(search, context),
    );
    const contexts = [...new Set(found.map(({ context }) => context))];
    if (contexts.length > 1)
      return noContext(
        `compose services build it with different contexts (${listFolders(folder, contexts)}): ${NAME_IT}`,
      );
    const [first] = found;
    if (first !== undefined) return open(search, first.context, first.file);
  }
  return undefined;
}

function listFolders(folder: string, contexts: readonly string[]): string {
  return contexts.map((context) => relative(folder, context) || '.').join(', ');
}

interface FoundBuild extends ComposeBuild {
  /** Name of the compose file. */
  readonly file: string;
}

/** By cache and folder: the root of a repository is asked for every Dockerfile in it. */
const knownBuilds = new WeakMap<DiskCache, Map<string, readonly FoundBuild[]>>();

/** What the compose files in a folder build. */
function composeBuilds(search: Search, folder: string): readonly FoundBuild[] {
  const known = knownBuilds.get(search.cache) ?? new Map<string, readonly FoundBuild[]>();
  knownBuilds.set(search.cache, known);
  const builds = known.get(folder) ?? readBuilds(search, folder);
  known.set(folder, builds);
  return builds;
}

function readBuilds(search: Search, folder: string): readonly FoundBuild[] {
  const files = namesIn(search, folder).filter((name) => COMPOSE.test(name));
  return files.flatMap((name) => {
    const file = join(folder, name);
    const text = readDiskText(file, search.cache) ?? '';
    const builds = /\bbuild\b/.test(text) ? readComposeBuilds(file, text) : [];
    return builds.map((build) => ({ ...build, file: name }));
  });
}
