import type { Instruction } from '../../src/dockerfile/types.js';
import type { Input } from '../../src/engine/types.js';
import { originAt } from '../../src/image/origin.js';
import { statesUpTo } from '../../src/image/state.js';
import type { TreeCopy } from '../../src/image/tree-copy.js';
import type { StageState, Step } from '../../src/image/types.js';
import { isRefusal } from '../../src/refusal.js';
import { readRun } from './install-run.js';

/** True for a place of the image that holds a path of the context, as it is there. */
export type Holds = (place: string, path: string) => boolean;

/** What the image holds before a tree copy. A RUN of which it is not known that it needs no sources may have changed anything. */
export function heldBefore({ dockerfile, image, facts }: Input, { stage }: StageState, tree: TreeCopy): Holds {
  const files = { stages: image.stages, context: facts.context };
  const steps = statesUpTo(image, stage).flatMap((state) => state.steps);
  const open = steps.findLast(
    (step) =>
      isBefore(step, tree.instruction) &&
      readRun(dockerfile, step.instruction, step.config, tree.target).rest !== undefined,
  );
  return (place, path) => {
    const origin = originAt(files, tree.instruction, place);
    if (isRefusal(origin) || origin.path !== path || origin.contextPath !== path) return false;
    if (origin.doubt?.code === 'copy-unclear') return false;
    return open === undefined || open.instruction.start < origin.copy.instruction.start;
  };
}

function isBefore({ kind, instruction }: Step, { start }: Instruction): boolean {
  return kind === 'run' && instruction.start < start;
}
