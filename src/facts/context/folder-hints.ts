import { relative } from 'node:path';
import { copyWords } from '../../dockerfile/copy.js';
import type { Dockerfile } from '../../dockerfile/types.js';
import { imagePath, isWithin, joinPath } from '../../paths.js';

/**
 * The folder above the Dockerfile's own that a `COPY .` must copy, because later instructions find the Dockerfile's own folder
 * inside what was copied: `COPY . /repo` in services/api, and `COPY --from=build /repo/services/api/dist`.
 */
export function folderThatHoldsOwn(
  dockerfile: Dockerfile,
  own: string,
  folders: readonly string[],
): string | undefined {
  const targets = wholeTargets(dockerfile);
  const words = dockerfile.instructions.flatMap(({ body }) => body.text.split(/[\s"',=]+/));
  return folders.find((folder) => {
    const below = relative(folder, own).replaceAll('\\', '/');
    if (below === '' || below.startsWith('..')) return false;
    return targets.some((target) => {
      const place = joinPath(target, below);
      return words.some((word) => isWithin(place, word));
    });
  });
}

/** Where copies of a whole context put it, by literal WORKDIRs. */
function wholeTargets(dockerfile: Dockerfile): string[] {
  let workdir = '/';
  const found: string[] = [];
  for (const instruction of dockerfile.instructions) {
    const { keyword, body } = instruction;
    if (keyword === 'FROM') workdir = '/';
    if (keyword === 'WORKDIR') workdir = imagePath(workdir, body.text);
    const words = copyWords(instruction);
    if (words === undefined || words.from !== undefined || words.sources.length !== 1) continue;
    if (/^(?:\.\/?)+$/.test(words.sources[0] ?? '')) found.push(imagePath(workdir, words.destination));
  }
  return found.filter((target) => !target.includes('$'));
}
