/** A search for the build context of one Dockerfile: where it looks, and how it opens what it finds. */
import { basename, dirname, sep } from 'node:path';
import type { Dockerfile } from '../../dockerfile/types.js';
import { refuse, type Refusal } from '../../refusal.js';
import { diskContext, type DiskCache } from './disk.js';
import type { ContextSources } from './sources.js';
import type { BuildContext } from './types.js';

/** A test for the names of the manifests that the commands of all RUN instructions, as one text, need. */
export type WantedManifests = (runs: string) => (name: string) => boolean;

export interface Search {
  /** Absolute path of the Dockerfile. */
  readonly path: string;
  readonly dockerfile: Dockerfile;
  readonly sources: ContextSources;
  readonly cache: DiskCache;
  /** The search never looks above this folder. */
  readonly root: string;
  /** The Dockerfile's own folder and those above it. */
  readonly folders: readonly string[];
  readonly wantedManifests: WantedManifests;
}

/** `root` is absolute. */
export interface FoundContext {
  readonly context: BuildContext;
  readonly root: string;
}

/** What a reason for finding none ends in. */
export const NAME_IT = 'name the build context with --context';

export function noContext(reason: string): Refusal {
  return refuse('no-context', reason);
}

export function isBelow(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.endsWith(sep) ? root : root + sep);
}

export function isFolder({ cache }: Search, folder: string): boolean {
  return cache.tree(folder).exists('') === 'directory';
}

export function namesIn({ cache }: Search, folder: string): readonly string[] {
  return cache.tree(folder).list('') ?? [];
}

/** Every literal source of the Dockerfile is in the folder. */
export function holdsAll({ cache, sources }: Search, folder: string): boolean {
  const tree = cache.tree(folder);
  return sources.literal.every((source) => tree.exists(source) !== undefined);
}

/** @param guessed why it is not certain */
export function open(search: Search, folder: string, origin: string, guessed?: string): FoundContext {
  const { path, cache, folders } = search;
  const above = folders.filter((one) => one !== folder && isBelow(folder, one));
  const complete = holdsAll(search, folder);
  const options = { dockerfile: path, origin, complete, guessed, above, around: folders };
  return { context: diskContext(folder, options, cache), root: folder };
}

export function openNear(search: Search, folder: string, guessed?: string): FoundContext {
  const origin = originOf(folder, search.path);
  return open(search, folder, guessed === undefined ? origin : `${origin}, a guess: ${guessed}`, guessed);
}

export function originOf(folder: string, path: string): string {
  return folder === dirname(path) ? "the Dockerfile's folder" : `the folder ${basename(folder)} above it`;
}
