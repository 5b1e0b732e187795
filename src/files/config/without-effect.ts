import { DEFAULT_LEVEL, isAbove } from '../../engine/levels.js';
import type { Transform } from '../../engine/types.js';
import type { Config } from './load.js';
import type { Choice } from './types.js';

/**
 * What a configuration says to no effect: options of transforms that its level leaves out, in every override as well. What the command
 * line says is for one run, and not looked at.
 */
export function withoutEffect({ input }: Config, catalogue: readonly Transform[]): readonly string[] {
  const choices: readonly Choice[] = [input, ...(input.overrides ?? [])];
  return catalogue.flatMap(({ name, level }) => {
    const given = choices.some(({ transforms }) => typeof transforms?.[name] === 'object');
    const runs = choices.some((choice) => reaches(choice, input.level, name, level));
    const most = input.level ?? DEFAULT_LEVEL;
    return given && !runs
      ? [`transforms: ${name}: without effect: it is ${level}, and level ${most} leaves it out`]
      : [];
  });
}

/** The transform runs where the choice holds. */
function reaches(choice: Choice, base: Choice['level'], name: string, level: Transform['level']): boolean {
  const { transforms, only, level: own = base ?? DEFAULT_LEVEL } = choice;
  return transforms?.[name] === true || only?.includes(name) === true || !isAbove(level, own);
}
