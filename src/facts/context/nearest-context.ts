import { basename, dirname, join } from 'node:path';
import { memoize } from '../../memoize.js';
import type { Refusal } from '../../refusal.js';
import { diskContext } from './disk.js';
import { isDockerfileName } from './dockerfiles.js';
import { folderThatHoldsOwn } from './folder-hints.js';
import { folderOfNamed } from './named-files.js';
import { saidFor } from './said-context.js';
import { namesIn, NAME_IT, noContext, openNear, originOf, type FoundContext, type Search } from './search.js';

/** What lies beside a Dockerfile without being an application. */
const COMPANION =
  /^\.|^(?:readme|license|changelog|makefile)\b|^(?:docker|container)file|^(?=.*compose).*\.ya?ml$|\.md$/i;
/** Folders that hold Dockerfiles of an application elsewhere. */
const BUILD_FOLDER = /^\.?(?:docker(?:files?)?|containers?|deploy(?:ment)?|ci|build|infra|ops|devcontainer)$/i;

/** The nearest folder in which the sources of COPY and ADD are. */
export function nearestContext(search: Search): FoundContext | Refusal {
  const { literal, globs, whole, unknown } = search.sources;
  const wanted = [...literal, ...globs];
  if (wanted.length === 0 && !whole)
    return noContext(
      unknown ? `what it copies is not known before the build: ${NAME_IT}` : 'it copies nothing from a build context',
    );
  const candidates = search.folders.map((folder): Candidate => ({ search, folder }));
  const all = candidates.filter((one) => wanted.length > 0 && sourcesIn(one).length === wanted.length);
  const most =
    all.length > 0
      ? all
      : candidates.filter((one) => literal.length > 0 && literal.every((source) => sourcesIn(one).includes(source)));
  if (most.length > 0)
    return oneOf(
      search,
      most.map(({ folder }) => folder),
      'hold what it copies',
    );
  return (
    partialContext(search, candidates) ??
    (whole ? wholeContext(search) : noContext(`no folder holds what it copies: ${NAME_IT}`))
  );
}

interface Candidate {
  readonly search: Search;
  readonly folder: string;
}

/**
 * Which of the sources named are in a folder. A glob may match nothing, so it is no more than a hint. Folders above are looked
 * into only where those below don't hold everything.
 */
const sourcesIn = memoize(({ search, folder }: Candidate): readonly string[] => {
  const { cache, sources } = search;
  const { literal, globs } = sources;
  const tree = cache.tree(folder);
  const found = literal.filter((source) => tree.exists(source) !== undefined);
  if (globs.length === 0) return found;
  const context = diskContext(folder, { origin: '' }, cache);
  return [...found, ...globs.filter((source) => (context.glob(source)?.length ?? 0) > 0)];
});

/** Some sources are made outside: the folder that has most of them, if no nearer one has others. */
function partialContext(search: Search, candidates: readonly Candidate[]): FoundContext | Refusal | undefined {
  const most = Math.max(...candidates.map((one) => sourcesIn(one).length));
  const best = candidates.find((one) => sourcesIn(one).length === most);
  if (best === undefined || most === 0) return undefined;
  const nearer = candidates.slice(0, candidates.indexOf(best));
  const rival = nearer.find((one) => sourcesIn(one).some((source) => !sourcesIn(best).includes(source)));
  if (rival === undefined) return openNear(search, best.folder);
  const names = [rival, best].map(({ folder }) => originOf(folder, search.path)).join(' and ');
  return noContext(`${names} each hold a part of what it copies: ${NAME_IT}`);
}

/** Of several folders that fit, the one whose files the instructions name; none where that does not tell. */
function oneOf(search: Search, folders: readonly string[], how: string): FoundContext | Refusal {
  const [first] = folders;
  const told = folders.length === 1 ? first : folderOfNamed(search, folders);
  if (told !== undefined) return openNear(search, told);
  const beside = siblingContext(search, folders);
  if (beside !== undefined) return beside;
  const names = folders.map((folder) => originOf(folder, search.path)).join(' and ');
  return noContext(`${names} ${how}: ${NAME_IT}`);
}

/** Only `COPY .`: the folder whose files are named; the one with a manifest that a RUN asks for; else its own, when an application can be there. */
function wholeContext(search: Search): FoundContext | Refusal {
  const { path, dockerfile, folders } = search;
  const named = folderOfNamed(search, folders) ?? folderThatHoldsOwn(dockerfile, dirname(path), folders);
  const beside = siblingContext(search, folders);
  if (beside !== undefined) return beside;
  if (named !== undefined) return openNear(search, named);
  const runs = dockerfile.instructions.filter(({ keyword }) => keyword === 'RUN').map(({ body }) => body.text);
  const wanted = search.wantedManifests(runs.join('\n'));
  const holders = folders.filter((folder) => namesIn(search, folder).some(wanted));
  if (holders.length > 0) return oneOf(search, holders, 'have a manifest that its commands read');
  const own = dirname(path);
  const more = namesIn(search, own).some(
    (name) => !isDockerfileName(name) && !name.endsWith('ignore') && !COMPANION.test(name),
  );
  if (!more || BUILD_FOLDER.test(basename(own)))
    return noContext(`it copies a whole folder, and which one can't be told: ${NAME_IT}`);
  if (folders.length === 1) return openNear(search, own);
  return openNear(search, own, 'nothing says that the folder is what is built');
}

/** Where the project builds the Dockerfiles beside this one, when that is one of the folders. */
function siblingContext(search: Search, folders: readonly string[]): FoundContext | undefined {
  const own = dirname(search.path);
  const siblings = namesIn(search, own).filter((name) => isDockerfileName(name) && name !== basename(search.path));
  const said = siblings.flatMap((name) => saidFor(search, join(own, name)).map((one) => ({ ...one, name })));
  const [first] = said;
  if (first === undefined || said.some(({ folder }) => folder !== first.folder) || !folders.includes(first.folder))
    return undefined;
  return openNear(search, first.folder, `${first.where} builds ${first.name} beside it there`);
}
