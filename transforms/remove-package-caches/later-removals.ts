import type { Dockerfile, Instruction, Stage } from '../../src/dockerfile/types.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { programOf } from '../../src/commands/program.js';
import { isRefusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import { memoize } from '../../src/memoize.js';

/** A RUN that removes caches by an `rm` without -f, which fails where nothing is left to remove. */
interface Removal {
  readonly instruction: Instruction;
  readonly caches: readonly string[];
}

/** Says which later RUN, of the stage or one built FROM it, removes the cache strictly. */
export function removedStrictly(dockerfile: Dockerfile, instruction: Instruction, cache: string): string | undefined {
  const stage = dockerfile.stages[instruction.stageIndex];
  const found = strictRemovals(dockerfile).find(
    ({ instruction: later, caches }) =>
      later.start > instruction.start &&
      caches.includes(cache) &&
      isBuiltOn(dockerfile.stages[later.stageIndex], stage),
  );
  return found && `the rm on line ${found.instruction.startLine} fails where nothing is left to remove`;
}

const strictRemovals = memoize((dockerfile: Dockerfile): readonly Removal[] => {
  if (!/\brm\b/.test(dockerfile.text)) return [];
  return dockerfile.instructions.flatMap((instruction) => {
    const run = instruction.trigger ?? instruction;
    const found = run.keyword === 'RUN' ? runScript(dockerfile, run) : undefined;
    if (found === undefined || isRefusal(found)) return [];
    const caches = found.script.commands.filter(isStrict).flatMap((command) => cachesEmptied(command));
    return caches.length === 0 ? [] : [{ instruction, caches }];
  });
});

function isBuiltOn(stage: Stage | undefined, base: Stage | undefined): boolean {
  let at = stage;
  while (at !== undefined && at !== base) at = at.parent;
  return at !== undefined;
}

function isStrict(command: Command): boolean {
  const program = programOf(command);
  if (program?.name !== 'rm') return false;
  return !program.args.some(({ text }) => text === '--force' || /^-\w*f/.test(text));
}
