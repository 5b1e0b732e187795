import { isIn } from '../commands/catalogue/index.js';
import { programOf } from '../commands/program.js';
import { attachedComments, lineStart } from '../dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction, Stage } from '../dockerfile/types.js';
import { commandsOfRun } from '../shell/run.js';
import { insertAfter, insertBefore } from './instructions.js';

const STARTS = new Set(['CMD', 'ENTRYPOINT']);

/**
 * Inserts instructions before the CMD or ENTRYPOINT of a stage, set off as the file sets off its own; directly after the last one
 * of `after` where none of the two follows it.
 * @param instructions the lines of each
 * @param after keywords of instructions that the new ones come after
 */
export function insertBeforeStart(
  dockerfile: Dockerfile,
  stage: Stage,
  instructions: readonly (readonly string[])[],
  after: ReadonlySet<string>,
): Edit {
  const last = stage.instructions.findLastIndex(({ keyword }) => after.has(keyword));
  const anchor = stage.instructions[last];
  if (anchor === undefined) throw new RangeError('the stage holds none of these instructions');
  const spaced = isSpaced(dockerfile, stage.instructions);
  const lines = linesOf(instructions, spaced);
  const start = stage.instructions.slice(last + 1).find(({ keyword }) => STARTS.has(keyword));
  if (start === undefined) return insertAfter(dockerfile, anchor, spaced ? ['', ...lines] : lines);
  const above = stage.instructions[stage.instructions.indexOf(start) - 1];
  const apart = blankAbove(dockerfile, start);
  // Beside a RUN of the same kind, so that merging the two later keeps the blank line.
  if (above !== undefined && !spaced && apart && setsUpFiles(dockerfile, above))
    return insertAfter(dockerfile, above, lines);
  const keepsBlank = apart && (spaced || attachedComments(dockerfile, start).length > 0);
  return insertBefore(dockerfile, start, keepsBlank ? [...lines, ''] : lines);
}

/** Inserts instructions before one of a stage, set off as the file sets off its own. */
export function insertBlock(
  dockerfile: Dockerfile,
  stage: Stage,
  instructions: readonly (readonly string[])[],
  before: Instruction,
): Edit {
  const lines = linesOf(instructions, isSpaced(dockerfile, stage.instructions));
  return insertBefore(dockerfile, before, blankAbove(dockerfile, before) ? [...lines, ''] : lines);
}

function linesOf(instructions: readonly (readonly string[])[], spaced: boolean): readonly string[] {
  return instructions.flatMap((one, index) => (index > 0 && spaced ? ['', ...one] : one));
}

function setsUpFiles(dockerfile: Dockerfile, instruction: Instruction): boolean {
  const [first] = commandsOfRun(dockerfile, instruction);
  return first !== undefined && isIn(programOf(first)?.row, 'files');
}

/** The author sets a blank line between most instructions. */
function isSpaced(dockerfile: Dockerfile, instructions: readonly Instruction[]): boolean {
  const later = instructions.slice(1);
  const blank = later.filter((instruction) => blankAbove(dockerfile, instruction)).length;
  return later.length > 1 && blank * 4 > later.length * 3;
}

function blankAbove(dockerfile: Dockerfile, instruction: Instruction): boolean {
  const top = attachedComments(dockerfile, instruction)[0]?.start ?? instruction.start;
  const start = lineStart(dockerfile.text, top);
  return /\n[ \t]*\r?\n$/.test(dockerfile.text.slice(0, start));
}
