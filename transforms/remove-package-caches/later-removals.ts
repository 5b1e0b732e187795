import { stagesOn } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { programOf } from '../../src/commands/program.js';
import { refuse, type Refusal } from '../../src/refusal.js';
import { coversCache } from '../../src/commands/cache-paths.js';
import { cleanPath, folderOfGlob } from '../../src/paths.js';
import { commandsOfRun } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import { memoize } from '../../src/memoize.js';

/** A RUN that removes caches by an `rm` without -f, which fails where nothing is left to remove. */
interface Removal {
  readonly instruction: Instruction;
  readonly caches: readonly string[];
  /** Folders in which it removes something, as far as they are known. */
  readonly folders: readonly string[];
}

/** A later RUN, of the stage or one built FROM it, removes the cache strictly. */
export function removedStrictly(dockerfile: Dockerfile, instruction: Instruction, cache: string): Refusal | undefined {
  const removals = strictRemovals(dockerfile).filter(
    ({ caches, folders }) => caches.includes(cache) || folders.some((folder) => coversCache(cache, folder)),
  );
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined || removals.length === 0) return undefined;
  const stages = new Set([stage, ...stagesOn(dockerfile, stage)].map(({ index }) => index));
  const found = removals.find(
    ({ instruction: later }) => later.start > instruction.start && stages.has(later.stageIndex),
  );
  return (
    found &&
    refuse('removed-later', `the rm on line ${found.instruction.startLine} fails where nothing is left to remove`)
  );
}

const strictRemovals = memoize((dockerfile: Dockerfile): readonly Removal[] => {
  if (!/\brm\b/.test(dockerfile.text)) return [];
  return dockerfile.instructions.flatMap((instruction) => {
    const commands = commandsOfRun(dockerfile, instruction.trigger ?? instruction).filter(isStrict);
    const caches = commands.flatMap((command) => cachesEmptied(command));
    const folders = commands.flatMap(({ args }) => args.map(({ text }) => folderOf(text)));
    return commands.length === 0 ? [] : [{ instruction, caches, folders }];
  });
});

/** `/var/lib/apt/lists` for `/var/lib/apt/lists/*Packages*`. */
function folderOf(text: string): string {
  return cleanPath(folderOfGlob(text, /[*?[{]/));
}

function isStrict(command: Command): boolean {
  const program = programOf(command);
  if (program?.name !== 'rm') return false;
  return !program.args.some(({ text }) => text === '--force' || /^-\w*f/.test(text));
}
