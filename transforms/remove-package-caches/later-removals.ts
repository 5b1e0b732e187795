import { stagesOn } from '../../src/dockerfile/stages.js';
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.js';
import { cachesEmptied } from '../../src/commands/caches.js';
import { programOf } from '../../src/commands/program.js';
import { isRefusal, refuse, type Refusal } from '../../src/refusal.js';
import { runScript } from '../../src/shell/run.js';
import type { Command } from '../../src/shell/types.js';
import { memoize } from '../../src/memoize.js';

/** A RUN that removes caches by an `rm` without -f, which fails where nothing is left to remove. */
interface Removal {
  readonly instruction: Instruction;
  readonly caches: readonly string[];
}

/** A later RUN, of the stage or one built FROM it, removes the cache strictly. */
export function removedStrictly(dockerfile: Dockerfile, instruction: Instruction, cache: string): Refusal | undefined {
  const removals = strictRemovals(dockerfile).filter(({ caches }) => caches.includes(cache));
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
    const run = instruction.trigger ?? instruction;
    const found = run.keyword === 'RUN' ? runScript(dockerfile, run) : undefined;
    if (found === undefined || isRefusal(found)) return [];
    const caches = found.script.commands.filter(isStrict).flatMap((command) => cachesEmptied(command));
    return caches.length === 0 ? [] : [{ instruction, caches }];
  });
});

function isStrict(command: Command): boolean {
  const program = programOf(command);
  if (program?.name !== 'rm') return false;
  return !program.args.some(({ text }) => text === '--force' || /^-\w*f/.test(text));
}
