/** What two Dockerfiles have in common word for word: the comparison of their images can pass over it. */
import { isCopy } from '../dockerfile/copy.js';
import type { Instruction } from '../dockerfile/types.js';
import { hasPosixShell } from './platform.js';
import type { ImageState, StageState, Step } from './types.js';

/** What a stage shares with its counterpart. */
export interface Shared {
  /** Its base, and all instructions that set its configuration. */
  readonly settings: boolean;
  /** All instructions: then the two can't differ. */
  readonly all: boolean;
}

/** By stage; both have the same number of them. */
export function sharedText(before: ImageState, after: ImageState): readonly Shared[] {
  const same = (one: readonly Instruction[], other: readonly Instruction[]): boolean =>
    one.length === other.length &&
    one.every((instruction, index) => sourceOf(before, instruction) === sourceOf(after, other[index]));
  const sameGlobals = same(before.dockerfile.globals, after.dockerfile.globals);
  const shared: Shared[] = [];
  for (const [index, { stage }] of before.stages.entries()) {
    const other = after.stages[index]?.stage;
    const below = stage.parent === undefined ? sameGlobals : shared[stage.parent.index]?.settings === true;
    const sameBase = below && stage.parent?.index === other?.parent?.index;
    shared.push({
      settings: sameBase && same(settingsOf(stage.instructions), settingsOf(other?.instructions ?? [])),
      all: sameBase && same(stage.instructions, other?.instructions ?? []),
    });
  }
  return shared;
}

function settingsOf(instructions: readonly Instruction[]): readonly Instruction[] {
  return instructions.filter((instruction) => instruction.keyword !== 'RUN' && !isCopy(instruction));
}

/** RUNs that are in both stages equally often, under a shell of the same kind. */
export function keptRuns(
  before: ImageState,
  old: StageState,
  after: ImageState,
  now: StageState,
): (run: Step) => boolean {
  const keys = new Map<Step, string>();
  const surplus = new Map<string, number>();
  const count = (state: ImageState, { steps }: StageState, by: number): void => {
    for (const step of steps) {
      if (step.kind !== 'run') continue;
      const key = `${hasPosixShell(step.config)} ${sourceOf(state, step.instruction)}`;
      keys.set(step, key);
      surplus.set(key, (surplus.get(key) ?? 0) + by);
    }
  };
  count(before, old, 1);
  count(after, now, -1);
  return (step) => surplus.get(keys.get(step) ?? '') === 0;
}

export function sourceOf({ dockerfile }: ImageState, instruction: Instruction | undefined): string {
  return instruction === undefined ? '' : dockerfile.text.slice(instruction.start, instruction.end);
}
