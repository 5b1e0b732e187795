import { twinsOf } from '../dockerfile/twins.js';
import type { Dockerfile, Instruction } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';
import { leaveAlone } from './finding.js';
import type { Finding } from './types.js';

/**
 * The findings of instructions, in order. What the build makes once for several stages is changed alike in all of them, or in none:
 * otherwise it would be made twice.
 * @param find asked once of each instruction
 */
export function* changeAlike(
  dockerfile: Dockerfile,
  instructions: Iterable<Instruction>,
  find: (instruction: Instruction) => Iterable<Finding>,
): Generator<Finding> {
  const findingsOf = memoize((instruction: Instruction): readonly Finding[] => [...find(instruction)]);
  const done = new Set<Instruction>();
  for (const instruction of instructions) {
    const own = findingsOf(instruction);
    if (own.length === 0 || done.has(instruction)) continue;
    const twins = changesIn(dockerfile, own) === '' ? [] : twinsOf(dockerfile, instruction);
    const other = twins.find((twin) => changesIn(dockerfile, findingsOf(twin)) !== changesIn(dockerfile, own));
    if (other !== undefined) {
      const reason = `the build makes it once with the same on line ${other.startLine}, which can't be changed alike`;
      yield leaveAlone(
        'built-once',
        `the ${instruction.keyword} on line ${instruction.startLine} stays as it is: ${reason}`,
        instruction,
      );
      continue;
    }
    for (const one of [instruction, ...twins]) {
      done.add(one);
      yield* findingsOf(one);
    }
  }
}

/** What they change, whatever the place. */
function changesIn({ text }: Dockerfile, findings: readonly Finding[]): string {
  return findings
    .flatMap((finding) =>
      finding.kind === 'change'
        ? [
            finding.message,
            text.slice(finding.range.start, finding.range.end),
            ...finding.edits.map((edit) => edit.text),
          ]
        : [],
    )
    .join('\n');
}
