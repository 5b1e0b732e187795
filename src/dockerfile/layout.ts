/** Where instructions and comments are on the lines of the file. */
import type { Dockerfile, Instruction, Range } from './types.js';

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset after the newline that ends the line which holds `offset`; the end of the text on the last line. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed + 1;
}

/** Blanks in front of the instruction on its line. */
export function indentation(dockerfile: Dockerfile, instruction: Instruction): string {
  return dockerfile.text.slice(lineStart(dockerfile.text, instruction.start), instruction.start);
}

/** The instruction's whole lines, from the start of its first line to the start of the next line. */
export function instructionLines(dockerfile: Dockerfile, instruction: Instruction): Range {
  return {
    start: lineStart(dockerfile.text, instruction.start),
    end: nextLine(dockerfile.text, Math.max(instruction.start, instruction.end)),
  };
}

/** The next instruction begins on the line below. */
export function adjoinsNext({ text, instructions }: Dockerfile, { index, end }: Instruction): boolean {
  const next = instructions[index + 1];
  return next !== undefined && lineStart(text, next.start) === nextLine(text, end);
}

/** The comment lines directly above the instruction, without a blank line between, topmost first. */
export function attachedComments(dockerfile: Dockerfile, instruction: Instruction): readonly Range[] {
  const found: Range[] = [];
  let below = lineStart(dockerfile.text, instruction.start);
  for (let index = lastBefore(dockerfile.comments, below); index >= 0; index--) {
    const comment = dockerfile.comments[index];
    if (comment === undefined || nextLine(dockerfile.text, comment.end) !== below) break;
    found.unshift(comment);
    below = lineStart(dockerfile.text, comment.start);
  }
  return found;
}

/** The ranges of a list in source order that lie between two offsets. */
export function rangesBetween(ranges: readonly Range[], start: number, end: number): readonly Range[] {
  const first = lastBefore(ranges, start) + 1;
  const found: Range[] = [];
  for (let index = first; index < ranges.length; index++) {
    const range = ranges[index];
    if (range === undefined || range.end > end) break;
    if (range.start >= start) found.push(range);
  }
  return found;
}

/** Index of the last range that ends before `offset`, or -1. Ranges are in source order. */
function lastBefore(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The instruction's whole lines together with the comment lines attached to it. */
export function linesWithComments(dockerfile: Dockerfile, instruction: Instruction): Range {
  const lines = instructionLines(dockerfile, instruction);
  const first = attachedComments(dockerfile, instruction)[0];
  return first === undefined ? lines : { start: lineStart(dockerfile.text, first.start), end: lines.end };
}
