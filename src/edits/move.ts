import { replace } from '../dockerfile/edit.js';
import { instructionLines, linesWithComments, nextLine } from '../dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction, Range } from '../dockerfile/types.js';
import { insertLinesAfter, removeLines, wholeLines } from './instructions.js';
import { splitRun, type Split } from './run-split.js';

export interface Moved {
  readonly instruction: Instruction;
  /** The comments directly above it go along. */
  readonly withComments: boolean;
  /** Whole lines of comments further up that tell of it, too. */
  readonly head?: Range | undefined;
}

export interface Destination {
  readonly after: Instruction;
  /** Where `after` is divided, when it is only its first part that they come after. */
  readonly split: Split | undefined;
}

/**
 * Moves instructions further down, in their order and as they are written, with the blank lines that set them apart.
 * @param instead lines that take the place of the first, in its indentation
 */
export function moveInstructions(
  dockerfile: Dockerfile,
  moved: readonly Moved[],
  destination: Destination,
  instead: readonly string[],
): readonly Edit[] {
  const { newline, text } = dockerfile;
  const ranges = moved.map(({ instruction, withComments }) =>
    withComments ? linesWithComments(dockerfile, instruction) : instructionLines(dockerfile, instruction),
  );
  const [first] = moved;
  const [place, ...others] = ranges;
  if (first === undefined || place === undefined) return [];
  const taken =
    instead.length === 0
      ? removeLines(dockerfile, place)
      : replace(place, wholeLines(dockerfile, first.instruction, instead));
  const blanks = ranges.map((range) => (isFollowedByBlank(dockerfile, range) ? newline : ''));
  const last = blanks.pop() ?? '';
  const heads = moved.map(({ head }) => head);
  const lines = ranges.map(
    ({ start, end }, index) => textOf(text, heads[index]) + text.slice(start, end) + (blanks[index] ?? ''),
  );
  return [
    ...heads.flatMap((head) => (head === undefined ? [] : [replace(head, '')])),
    taken,
    ...others.map((range) => removeLines(dockerfile, range)),
    ...putDown(dockerfile, destination, lines.join(''), last),
  ];
}

function textOf(text: string, range: Range | undefined): string {
  return range === undefined ? '' : text.slice(range.start, range.end);
}

function isFollowedByBlank({ text }: Dockerfile, { end }: Range): boolean {
  return end < text.length && text.slice(end, nextLine(text, end)).trim() === '';
}

/** @param blank the blank line around the moved lines, or nothing */
function putDown(dockerfile: Dockerfile, { after, split }: Destination, lines: string, blank: string): readonly Edit[] {
  if (split !== undefined) return splitRun(dockerfile, after, split, blank + lines + blank);
  return [insertLinesAfter(dockerfile, after, blank + lines)];
}
