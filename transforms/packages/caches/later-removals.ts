import type { Dockerfile, Instruction, Stage } from '../../../src/dockerfile/types.js';
import { cachesEmptied } from '../../../src/shell/caches.js';
import { programOf } from '../../../src/shell/commands.js';
import { runScript } from '../../../src/shell/run.js';
import type { Command } from '../../../src/shell/types.js';

/**
 * Says which later RUN, of the stage or one built FROM it, removes the cache by an `rm` without -f: that fails where nothing is
 * left to remove.
 */
export function removedStrictly(dockerfile: Dockerfile, instruction: Instruction, cache: string): string | undefined {
  const stage = dockerfile.stages[instruction.stageIndex];
  if (stage === undefined || !/\brm\b/.test(dockerfile.text)) return undefined;
  const line = firstRemoval(dockerfile, stage, cache, instruction.start);
  return line === undefined ? undefined : `the rm on line ${line} fails where nothing is left to remove`;
}

function firstRemoval(dockerfile: Dockerfile, stage: Stage, cache: string, behind: number): number | undefined {
  const found = stage.instructions.find((one) => one.start > behind && removes(dockerfile, one, cache));
  if (found !== undefined) return found.startLine;
  for (const child of dockerfile.stages.filter(({ parent }) => parent === stage)) {
    const line = firstRemoval(dockerfile, child, cache, child.start);
    if (line !== undefined) return line;
  }
  return undefined;
}

function removes(dockerfile: Dockerfile, instruction: Instruction, cache: string): boolean {
  const run = instruction.trigger ?? instruction;
  const found = run.keyword === 'RUN' ? runScript(dockerfile, run) : '';
  return (
    typeof found !== 'string' &&
    found.script.commands.some((command) => isStrict(command) && cachesEmptied(command).includes(cache))
  );
}

function isStrict(command: Command): boolean {
  const program = programOf(command);
  if (program?.name !== 'rm') return false;
  return !program.args.some(({ text }) => text === '--force' || /^-\w*f/.test(text));
}
