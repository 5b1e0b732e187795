import { basename, dirname } from 'node:path';
import { memoize } from '../../memoize.js';
import type { Refusal } from '../../refusal.js';
import { diskContext } from './disk.js';
import { isDockerfileName } from './dockerfiles.js';
import { folderThatHoldsOwn } from './folder-hints.js';
import { namesIn, NAME_IT, noContext, openNear, originOf, type FoundContext, type Search } from './search.js';

/** What lies beside a Dockerfile without being an application. */
const COMPANION = /^\.|^(?:readme|license|changelog|makefile)\b|^(?:docker|container)file|compose.*\.ya?ml$|\.md$/i;
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
  const all =
    candidates.find((one) => wanted.length > 0 && sourcesIn(one).length === wanted.length) ??
    candidates.find((one) => literal.length > 0 && literal.every((source) => sourcesIn(one).includes(source)));
  if (all !== undefined) return openNear(search, all.folder);
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

/** Only `COPY .`: the nearest folder with a manifest that a RUN asks for; else its own, when an application can be there. */
function wholeContext(search: Search): FoundContext | Refusal {
  const { path, dockerfile, folders } = search;
  const above = folderThatHoldsOwn(dockerfile, dirname(path), folders);
  if (above !== undefined) return openNear(search, above);
  const runs = dockerfile.instructions.filter(({ keyword }) => keyword === 'RUN').map(({ body }) => body.text);
  const wanted = search.wantedManifests(runs.join('\n'));
  const holder = folders.find((folder) => namesIn(search, folder).some(wanted));
  if (holder !== undefined) return openNear(search, holder);
  const own = dirname(path);
  const more = namesIn(search, own).some(
    (name) => !isDockerfileName(name) && !name.endsWith('ignore') && !COMPANION.test(name),
  );
  if (more && !BUILD_FOLDER.test(basename(own))) return openNear(search, own);
  return noContext(`it copies a whole folder, and which one can't be told: ${NAME_IT}`);
}
