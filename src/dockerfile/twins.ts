/** Instructions that a build makes once for several stages: those begin alike up to them. */
import { heredocBodies } from './heredoc.js';
import { memoize } from '../memoize.js';
import type { Dockerfile, Instruction, Stage } from './types.js';

/** What they set is not part of what is built. */
const METADATA = new Set('LABEL MAINTAINER EXPOSE CMD ENTRYPOINT HEALTHCHECK STOPSIGNAL VOLUME ONBUILD'.split(' '));

/** Of an instruction, in other stages. */
export function twinsOf(dockerfile: Dockerfile, instruction: Instruction): readonly Instruction[] {
  return dockerfile.stages.length < 2 ? [] : (allTwins(dockerfile).get(instruction) ?? []);
}

const allTwins = memoize((dockerfile: Dockerfile): ReadonlyMap<Instruction, readonly Instruction[]> => {
  const beginnings = new Map<string, Instruction[]>();
  const found = new Map<Instruction, readonly Instruction[]>();
  for (const stage of dockerfile.stages) {
    let beginning = baseOf(stage);
    for (const instruction of stage.instructions.slice(1)) {
      if (METADATA.has(instruction.keyword)) continue;
      beginning += `\n${contentOf(dockerfile, instruction)}`;
      const alike = beginnings.get(beginning);
      if (alike === undefined) beginnings.set(beginning, [instruction]);
      else alike.push(instruction);
    }
  }
  for (const alike of beginnings.values())
    if (alike.length > 1)
      for (const one of alike)
        found.set(
          one,
          alike.filter((other) => other !== one),
        );
  return found;
});

function baseOf({ from, parent }: Stage): string {
  return `${from.platform?.value ?? ''} ${parent?.index ?? from.image}`;
}

function contentOf(dockerfile: Dockerfile, instruction: Instruction): string {
  const { keyword, flags, body } = instruction;
  const given = flags.map(({ start, end }) => dockerfile.text.slice(start, end));
  return [keyword, ...given, body.text, ...heredocBodies(dockerfile, instruction)].join(' ');
}
