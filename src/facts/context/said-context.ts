/** The build context that a project says for a Dockerfile: in compose files, pipelines, Makefiles, scripts. */
import { relative } from 'node:path';
import type { Refusal } from '../../refusal.js';
import { contextsFor } from './builds/match-build.js';
import { buildsSaidIn } from './read-builds.js';
import { holdsAll, isBelow, isFolder, NAME_IT, noContext, open, type FoundContext, type Search } from './search.js';

interface Said {
  readonly folder: string;
  readonly where: string;
}

/** Undefined when nothing says one. Where several differ, those count that hold all it copies; they must be one. */
export function saidContext(search: Search): FoundContext | Refusal | undefined {
  const all = saidFor(search, search.path);
  const folders = new Set(all.map(({ folder }) => folder));
  const whole = folders.size > 1 ? all.filter(({ folder }) => holdsAll(search, folder)) : all;
  const said = new Set(whole.map(({ folder }) => folder)).size === 1 ? whole : all;
  const [first] = said;
  if (first === undefined) return undefined;
  const others = said.filter(({ folder }) => folder !== first.folder);
  return others.length === 0 ? open(search, first.folder, first.where) : noContext(disagreement(search, said));
}

/** In the order of the folders, the Dockerfile's own first. */
export function saidFor(search: Search, path: string): readonly Said[] {
  return search.folders.flatMap((folder) =>
    buildsSaidIn(folder, search.cache).flatMap((build) =>
      contextsFor(build, path)
        .filter((context) => isBelow(context, search.root) && isFolder(search, context))
        .map((context): Said => ({ folder: context, where: build.where })),
    ),
  );
}

function disagreement({ root }: Search, said: readonly Said[]): string {
  const folders = [...new Set(said.map(({ folder }) => folder))];
  const each = folders.map((folder) => {
    const where = said.find((one) => one.folder === folder)?.where ?? '';
    return `${relative(root, folder) || '.'} (${where})`;
  });
  return `it is built with different contexts, ${each.join(' and ')}: ${NAME_IT}`;
}
