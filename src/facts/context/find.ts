import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Dockerfile } from '../../dockerfile/types.js';
import { readComposeBuilds, type ComposeBuild } from './compose.js';
import { isDockerfileName } from './dockerfiles.js';
import { diskContext, DiskTrees, readDiskText, type DiskCache } from './disk.js';
import { wantedManifests } from '../../ecosystems/manifests.js';
import { contextSources, type ContextSources } from './sources.js';
import { folderThatHoldsOwn } from './folder-hints.js';
import type { BuildContext } from './types.js';
import { refuse, type Refusal } from '../../refusal.js';

export interface FindOptions {
  /** `--context`: taken as it is. */
  readonly explicit?: string | undefined;
  /** The search never looks above this folder. */
  readonly root: string;
  /** Share one between the Dockerfiles of a run. */
  readonly cache?: DiskCache | undefined;
}

/** `root` is absolute. */
export interface FoundContext {
  readonly context: BuildContext;
  readonly root: string;
}

interface Search {
  /** Absolute path of the Dockerfile. */
  readonly path: string;
  readonly dockerfile: Dockerfile;
  readonly sources: ContextSources;
  readonly cache: DiskCache;
  readonly root: string;
  /** The Dockerfile's own folder and those above it. */
  readonly folders: readonly string[];
}

const COMPOSE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;
/** What lies beside a Dockerfile without being an application. */
const COMPANION = /^\.|^(?:readme|license|changelog|makefile)\b|^(?:docker|container)file|compose.*\.ya?ml$|\.md$/i;
/** Folders that hold Dockerfiles of an application elsewhere. */
const BUILD_FOLDER = /^\.?(?:docker(?:files?)?|containers?|deploy(?:ment)?|ci|build|infra|ops|devcontainer)$/i;

/**
 * Finds the build context of a Dockerfile as a user would: `--context`; a compose file in its folder or above that names it; the
 * nearest folder in which the sources of its COPY and ADD are.
 * @param path absolute
 */
export function findContext(path: string, dockerfile: Dockerfile, options: FindOptions): FoundContext | Refusal {
  const { explicit, cache = new DiskTrees() } = options;
  const root = resolve(options.root);
  const sources = contextSources(dockerfile);
  const search = { path, dockerfile, sources, cache, root, folders: foldersUpTo(dirname(path), root, cache) };
  if (explicit !== undefined) {
    const folder = resolve(explicit);
    return isFolder(search, folder)
      ? open(search, folder, '--context')
      : noContext(`the context ${explicit} is no folder`);
  }
  return (copiesSomething(sources) ? composeContext(search) : undefined) ?? nearestContext(search);
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

function isBelow(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isFolder({ cache }: Search, folder: string): boolean {
  return cache.tree(folder).exists('') === 'directory';
}

function open(search: Search, folder: string, origin: string): FoundContext {
  const { path, sources, cache } = search;
  const tree = cache.tree(folder);
  const complete = sources.literal.every((source) => tree.exists(source) !== undefined);
  return { context: diskContext(folder, { dockerfile: path, origin, complete }, cache), root: folder };
}

const NO_CONTEXT = 'name the build context with --context';

function noContext(reason: string): Refusal {
  return refuse('no-context', reason);
}

function composeContext(search: Search): FoundContext | Refusal | undefined {
  for (const folder of search.folders) {
    const found = composeBuilds(search, folder).filter(
      ({ context, dockerfile }) =>
        dockerfile === search.path && isBelow(context, search.root) && isFolder(search, context),
    );
    const contexts = [...new Set(found.map(({ context }) => context))];
    if (contexts.length > 1)
      return noContext(
        `compose services build it with different contexts (${listFolders(folder, contexts)}): ${NO_CONTEXT}`,
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

function namesIn({ cache }: Search, folder: string): readonly string[] {
  return cache.tree(folder).list('') ?? [];
}

/** A folder above is looked into when those below don't hold everything. */
class Candidate {
  private sources: readonly string[] | undefined;

  constructor(
    private readonly search: Search,
    readonly folder: string,
  ) {}

  get found(): readonly string[] {
    return (this.sources ??= sourcesIn(this.search, this.folder));
  }
}

function nearestContext(search: Search): FoundContext | Refusal {
  const { literal, globs, whole, unknown } = search.sources;
  const wanted = [...literal, ...globs];
  if (wanted.length === 0 && !whole)
    return noContext(
      unknown
        ? `what it copies is not known before the build: ${NO_CONTEXT}`
        : 'it copies nothing from a build context',
    );
  const candidates = search.folders.map((folder) => new Candidate(search, folder));
  const all =
    candidates.find(({ found }) => wanted.length > 0 && found.length === wanted.length) ??
    candidates.find(({ found }) => literal.length > 0 && literal.every((source) => found.includes(source)));
  if (all !== undefined) return openNear(search, all.folder);
  return (
    partialContext(search, candidates) ??
    (whole ? wholeContext(search) : noContext(`no folder holds what it copies: ${NO_CONTEXT}`))
  );
}

/** Which of the sources named are in a folder. A glob may match nothing, so it is no more than a hint. */
function sourcesIn({ cache, sources: { literal, globs } }: Search, folder: string): string[] {
  const tree = cache.tree(folder);
  const found = literal.filter((source) => tree.exists(source) !== undefined);
  if (globs.length === 0) return found;
  const context = diskContext(folder, { origin: '' }, cache);
  return [...found, ...globs.filter((source) => (context.glob(source)?.length ?? 0) > 0)];
}

/** Some sources are made outside: the folder that has most of them, if no nearer one has others. */
function partialContext(search: Search, candidates: readonly Candidate[]): FoundContext | Refusal | undefined {
  const most = Math.max(...candidates.map(({ found }) => found.length));
  const best = candidates.find(({ found }) => found.length === most);
  if (best === undefined || most === 0) return undefined;
  const nearer = candidates.slice(0, candidates.indexOf(best));
  const rival = nearer.find(({ found }) => found.some((source) => !best.found.includes(source)));
  if (rival === undefined) return openNear(search, best.folder);
  const names = [rival, best].map(({ folder }) => originOf(folder, search.path)).join(' and ');
  return noContext(`${names} each hold a part of what it copies: ${NO_CONTEXT}`);
}

/** Only `COPY .`: the nearest folder with a manifest that a RUN asks for; else its own, when an application can be there. */
function wholeContext(search: Search): FoundContext | Refusal {
  const { path, dockerfile, folders } = search;
  const runs = dockerfile.instructions.filter(({ keyword }) => keyword === 'RUN').map(({ body }) => body.text);
  const wanted = wantedManifests(runs.join('\n'));
  const above = folderThatHoldsOwn(dockerfile, dirname(path), folders);
  if (above !== undefined) return openNear(search, above);
  const holder = folders.find((folder) =>
    namesIn(search, folder).some((name) => wanted.some((file) => file.test(name))),
  );
  if (holder !== undefined) return openNear(search, holder);
  const own = dirname(path);
  const more = namesIn(search, own).some(
    (name) => !isDockerfileName(name) && !name.endsWith('ignore') && !COMPANION.test(name),
  );
  if (more && !BUILD_FOLDER.test(basename(own))) return openNear(search, own);
  return noContext(`it copies a whole folder, and which one can't be told: ${NO_CONTEXT}`);
}

function openNear(search: Search, folder: string): FoundContext {
  return open(search, folder, originOf(folder, search.path));
}

function originOf(folder: string, path: string): string {
  return folder === dirname(path) ? "the Dockerfile's folder" : `the folder ${basename(folder)} above it`;
}
