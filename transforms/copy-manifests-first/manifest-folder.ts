/** Folders whose copy is split off the tree already. */
import type { Dockerfile } from '../../src/dockerfile/types.js';
import { isProjectFile } from '../../src/ecosystems/project-files.js';
import type { Input } from '../../src/engine/types.js';
import type { BuildContext } from '../../src/facts/context/types.js';
import { copiesOf } from '../../src/image/copies.js';
import { readTreeCopy, type TreeCopy } from '../../src/image/tree-copy.js';
import type { StageState } from '../../src/image/types.js';
import { baseName, isWithin, joinPath } from '../../src/paths.js';

/** A folder of manifests has few files. */
const MOST_FILES = 30;

/**
 * All files of the folder are of the kinds that the install reads of it: `requirements/dev.txt` beside `requirements/prod.txt`.
 * Where it reads all that is known of the folder, the rest may not be at hand, unless a later copy brings that.
 */
export function isSplitOff(
  { dockerfile, facts: { context } }: Input,
  state: StageState,
  tree: TreeCopy,
  inputs: readonly string[],
): boolean {
  const read = new Set(inputs.filter((path) => isWithin(tree.source, path)));
  if (context === undefined || tree.source === '' || read.size === 0) return false;
  const endings = new Set([...read].map(endingOf));
  const files = filesBelow(context, tree.source, MOST_FILES);
  if (files?.every((path) => endings.has(endingOf(path)) || isProjectFile(baseName(path))) !== true) return false;
  return files.some((path) => !read.has(path)) || isCopiedLater(dockerfile, state, tree, context);
}

function isCopiedLater(dockerfile: Dockerfile, state: StageState, tree: TreeCopy, context: BuildContext): boolean {
  const later = copiesOf(state).filter(({ instruction }) => instruction.start > tree.instruction.start);
  const trees = later.map((copy) => readTreeCopy(dockerfile, copy, context));
  return trees.some((other) => other !== undefined && isWithin(other.source, tree.source));
}

function endingOf(path: string): string {
  return /[^.](\.\w+)$/.exec(baseName(path))?.[1] ?? baseName(path);
}

/** Undefined where there are more. */
function filesBelow(context: BuildContext, folder: string, room: number): readonly string[] | undefined {
  const found: string[] = [];
  for (const name of context.list(folder) ?? []) {
    const path = joinPath(folder, name);
    if (context.ignored(path)) continue;
    const below = context.exists(path) === 'directory' ? filesBelow(context, path, room - found.length) : [path];
    if (below === undefined || found.length + below.length > room) return undefined;
    found.push(...below);
  }
  return found;
}
