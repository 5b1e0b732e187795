/** Edits of whole instructions: their lines, with the comments and blank lines that belong to them. */
import { insert, replace } from '../dockerfile/edit.js';
import { indentation, instructionLines, lineStart, linesWithComments, nextLine } from '../dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction, Range } from '../dockerfile/types.js';

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
  return removeLines(dockerfile, lines);
}

/** Removes whole lines, and the blank one below them where there is one above them too. */
export function removeLines(dockerfile: Dockerfile, lines: Range): Edit {
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
  return insert(linesWithComments(dockerfile, instruction).start, wholeLines(dockerfile, instruction, lines));
}

/** Inserts whole lines below the instruction, with its indentation. */
export function insertAfter(dockerfile: Dockerfile, instruction: Instruction, lines: readonly string[]): Edit {
  return insertLinesAfter(dockerfile, instruction, wholeLines(dockerfile, instruction, lines));
}

/**
 * Inserts whole lines below the instruction. One that goes on with nothing at the end of the file is ended first: it would go on
 * with them.
 * @param lines each with its newline
 */
export function insertLinesAfter(dockerfile: Dockerfile, instruction: Instruction, lines: string): Edit {
  const { end } = instructionLines(dockerfile, instruction);
  const inserted = insertLines(dockerfile, end, lines);
  const { body, heredocs, index } = instruction;
  if (index < dockerfile.instructions.length - 1 || heredocs.length > 0 || body.text === '') return inserted;
  const start = body.sourceEnd(body.text.length);
  const written = dockerfile.text.slice(start, end);
  const closed = withoutContinuations(written, dockerfile.escape);
  return closed === written ? inserted : replace({ start, end }, closed + inserted.text);
}

/** Of what is behind the last word of an instruction: lines that only say that it goes on become blank. */
function withoutContinuations(text: string, escape: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === escape ? (line.endsWith('\r') ? '\r' : '') : line))
    .join('\n');
}

/** Lines in the indentation of an instruction, each with its newline. */
export function wholeLines(dockerfile: Dockerfile, instruction: Instruction, lines: readonly string[]): string {
  const indent = indentation(dockerfile, instruction);
  return lines.map((line) => (line === '' ? '' : indent + line) + dockerfile.newline).join('');
}

/**
 * Inserts whole lines at the start of a line or at the end of the file. One that has no final newline gets none.
 * @param lines each with its newline
 */
export function insertLines({ text, newline }: Dockerfile, offset: number, lines: string): Edit {
  if (offset < text.length || text.endsWith('\n')) return insert(offset, lines);
  // A carriage return that ends the file is half a newline already.
  return insert(offset, (text.endsWith('\r') ? '\n' : newline) + lines.replace(/\r?\n$/, ''));
}
