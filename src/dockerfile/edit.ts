import type { Dockerfile, Edit, Instruction, Range } from './types.js';

export function replace(range: Range, text: string): Edit {
  return { start: range.start, end: range.end, text };
}

export function insert(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/**
 * Applies edits to the text they were made for. Insertions at one offset keep their order and stand before a replacement
 * that starts there.
 * @throws RangeError when two edits overlap or one lies outside the text
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let offset = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.start < offset || edit.end < edit.start || edit.end > text.length)
      throw new RangeError(`edit [${edit.start}, ${edit.end}) overlaps another one or lies outside the text`);
    parts.push(text.slice(offset, edit.start), edit.text);
    offset = edit.end;
  }
  parts.push(text.slice(offset));
  return parts.join('');
}

export function sortEdits(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset behind the newline that ends the line which holds `offset`; the end of the text on the last line. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed + 1;
}

/** Blanks in front of the instruction on its line. */
export function indentation(dockerfile: Dockerfile, instruction: Instruction): string {
  return dockerfile.text.slice(lineStart(dockerfile.text, instruction.start), instruction.start);
}

/** The instruction's whole lines, from the start of its first line to the start of the line behind it. */
export function instructionLines(dockerfile: Dockerfile, instruction: Instruction): Range {
  return {
    start: lineStart(dockerfile.text, instruction.start),
    end: nextLine(dockerfile.text, Math.max(instruction.start, instruction.end)),
  };
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

/**
 * Removes the instruction's lines with the comments attached to it; with `keepComments`, the instruction's lines alone. Of the
 * blank lines around a paragraph that is gone, those in front of it stay.
 */
export function removeInstruction(
  dockerfile: Dockerfile,
  instruction: Instruction,
  options: { keepComments?: boolean } = {},
): Edit {
  const lines =
    options.keepComments === true
      ? instructionLines(dockerfile, instruction)
      : linesWithComments(dockerfile, instruction);
  return replace(trimLastNewline(dockerfile, withBlankLineBelow(dockerfile, lines)), '');
}

function withBlankLineBelow({ text }: Dockerfile, { start, end }: Range): Range {
  const isBlank = (from: number, to: number): boolean => to > from && text.slice(from, to).trim() === '';
  const below = nextLine(text, end);
  const between = isBlank(lineStart(text, start - 1), start) && isBlank(end, below);
  return { start, end: between ? below : end };
}

/** On the last line of a file without a final newline, takes the newline in front instead, so that none is left over. */
function trimLastNewline(dockerfile: Dockerfile, lines: Range): Range {
  const { text } = dockerfile;
  if (lines.end < text.length || text.endsWith('\n') || lines.start === 0) return lines;
  const start = text[lines.start - 2] === '\r' ? lines.start - 2 : lines.start - 1;
  return { start, end: lines.end };
}

/** Inserts whole lines above the instruction and the comments attached to it, with its indentation. */
export function insertBefore(dockerfile: Dockerfile, instruction: Instruction, lines: readonly string[]): Edit {
  const indent = indentation(dockerfile, instruction);
  const text = lines.map((line) => (line === '' ? '' : indent + line) + dockerfile.newline).join('');
  return insert(linesWithComments(dockerfile, instruction).start, text);
}

/** Inserts whole lines below the instruction, with its indentation. */
export function insertAfter(dockerfile: Dockerfile, instruction: Instruction, lines: readonly string[]): Edit {
  const indent = indentation(dockerfile, instruction);
  const indented = lines.map((line) => (line === '' ? '' : indent + line));
  const { end } = instructionLines(dockerfile, instruction);
  const { text, newline } = dockerfile;
  if (end < text.length || text.endsWith('\n')) return insert(end, indented.map((line) => line + newline).join(''));
  // A carriage return that ends the file is half a newline already.
  const first = text.endsWith('\r') ? '\n' : newline;
  return insert(end, indented.map((line, index) => (index === 0 ? first : newline) + line).join(''));
}
