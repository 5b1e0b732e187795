/** The COPY instructions that bring an install its files ahead of the tree. */
import type { Dockerfile } from '../../src/dockerfile/types.js';
import { newCopy, pathWord, sourceWord } from '../../src/edits/new-copy.js';
import type { Inputs } from '../../src/ecosystems/project/types.js';
import type { Holds } from './copied-files.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import { isWithin, joinPath, parentPath, pathBelow, trimSlashes } from '../../src/paths.js';

/** One line a folder: files of the tree's own folder first, then nested ones, then whole folders. */
export function copyLines(dockerfile: Dockerfile, tree: TreeCopy, inputs: Inputs): string[] {
  const groups = new Map<string, string[]>();
  for (const file of inputs.files) {
    const folder = parentPath(file);
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  const depth = (folder: string): number => (folder === tree.source ? 0 : folder.split('/').length);
  const folders = [...groups].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const directories = (inputs.directories ?? []).map((directory): [string, string[]] => [directory, [directory]]);
  return [...folders, ...directories].map(([folder, sources]) => {
    const below = pathBelow(tree.source, folder) ?? '';
    const words = [...sources.map(sourceWord), destination(tree, pathWord(below), sources.length)];
    return newCopy(dockerfile, tree.flags, words);
  });
}

/** A folder, so with a slash at its end, in the way the tree's destination is written. */
function destination(tree: TreeCopy, below: string, count: number): string {
  const base = trimSlashes(tree.destination);
  if (below === '') return base === '.' && count === 1 ? tree.destination : `${base}/`;
  return `${base}/${below}/`;
}

/**
 * Inputs that the tree copy brings and that the image does not hold before it.
 * @param done those that new lines copy
 */
export function missingInputs(tree: TreeCopy, inputs: Inputs, held: Holds, done: ReadonlySet<string>): Inputs {
  const isNeeded = (path: string): boolean =>
    isWithin(tree.source, path) && !done.has(path) && !held(placeOf(tree, path), path);
  return {
    files: inputs.files.filter(isNeeded),
    directories: (inputs.directories ?? []).filter(isNeeded),
  };
}

/** Where the tree copy puts a path of its folder. */
function placeOf(tree: TreeCopy, path: string): string {
  return joinPath(tree.target, pathBelow(tree.source, path) ?? '');
}
