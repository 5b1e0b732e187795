import type { Dockerfile, Instruction } from '../../dockerfile/types.js';
import { copyWords, isRemote } from '../../dockerfile/copy.js';
import { bindsContext, mountsOf } from '../../dockerfile/mounts.js';
import { hasWildcard } from '../../path-pattern.js';
import { sourcePath } from '../../paths.js';

/** What the instructions of a Dockerfile take from the build context; paths are clean, each once. */
export interface ContextSources {
  readonly literal: readonly string[];
  readonly globs: readonly string[];
  /** The whole context is taken: `COPY . .`. */
  readonly whole: boolean;
  /** A source is a variable. */
  readonly unknown: boolean;
}

export function contextSources(dockerfile: Dockerfile): ContextSources {
  const written = dockerfile.instructions.flatMap((instruction) => [
    ...localSources(instruction),
    ...mountSources(instruction),
  ]);
  const unique = [...new Set(written.filter((source) => !source.includes('$')).map(sourcePath))];
  return {
    literal: unique.filter((path) => path !== '' && !hasWildcard(path)),
    globs: unique.filter((path) => hasWildcard(path) && !isEverything(path)),
    whole: unique.some((path) => path === '' || isEverything(path)),
    unknown: written.some((source) => source.includes('$')),
  };
}

function isEverything(path: string): boolean {
  return /^\*{1,2}$/.test(path);
}

/** What a COPY or ADD takes from the build context, without quotes; variables as written. */
export function localSources(instruction: Instruction): readonly string[] {
  const words = copyWords(instruction);
  if (words === undefined || words.from !== undefined) return [];
  return words.sources
    .map((source) => source.replace(/^(["'])(.*)\1$/, '$2'))
    .filter((source) => !isRemote(instruction, source));
}

/** `RUN --mount=type=bind,source=package.json,target=…` reads the context too. */
function mountSources(instruction: Instruction): readonly string[] {
  return mountsOf(instruction).flatMap((mount) => (bindsContext(mount) ? [mount.source ?? '.'] : []));
}
