import { DockerfileParser } from 'dockerfile-ast';
import type { Dockerfile } from './types.js';

const answers = new WeakMap<Dockerfile, boolean>();

/**
 * True when dockerfile-ast, an independent reader that editors use, cuts the text into the same instructions as ours.
 * The engine asks it of what it wrote: an edit that only one of two readers understands is not worth the risk.
 */
export function readersAgree(dockerfile: Dockerfile): boolean {
  const answer = answers.get(dockerfile) ?? askOther(dockerfile);
  answers.set(dockerfile, answer);
  return answer;
}

function askOther(dockerfile: Dockerfile): boolean {
  const others = DockerfileParser.parse(dockerfile.text).getInstructions();
  if (others.length !== dockerfile.instructions.length) return false;
  return dockerfile.instructions.every((instruction, index) => {
    const other = others[index]?.getRange();
    return other?.start.line === instruction.startLine - 1 && other.end.line === instruction.endLine - 1;
  });
}
