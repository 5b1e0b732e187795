/** Taking an instruction from its place, to put what it does into another. */
import { adjoinsNext, attachedComments, instructionLines, lineStart } from '../dockerfile/layout.js';
import { isHeading } from '../dockerfile/headings.js';
import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';
import { removeLines } from './instructions.js';

export interface TakenOut {
  readonly edit: Edit;
  /** Comments that told of the instruction, each from `#` on: they go where it goes. */
  readonly comments: readonly string[];
}

/** Words of comments that tell of an update of the package lists. */
export const ABOUT_PACKAGE_LISTS = /\b(?:apt|updat|upgrad|refresh|packag|lists?\b|index|repositor|sources)/i;

/**
 * The comments directly above go along, below the last one that divides the file. Where another instruction is directly below,
 * they may tell of that one, too: they go if their words are about this one.
 */
export function takeOut(dockerfile: Dockerfile, instruction: Instruction, about: RegExp): TakenOut {
  const { text } = dockerfile;
  const lines = instructionLines(dockerfile, instruction);
  const attached = attachedComments(dockerfile, instruction).map(({ start, end }) => ({
    start: lineStart(text, start),
    comment: text.slice(start, end).trimEnd(),
  }));
  const own = attached.slice(attached.findLastIndex(({ comment }) => isHeading(comment)) + 1);
  const comments = own.map(({ comment }) => comment);
  const goes = !adjoinsNext(dockerfile, instruction) || about.test(comments.join(' '));
  const [first] = goes ? own : [];
  return {
    edit: removeLines(dockerfile, { start: first?.start ?? lines.start, end: lines.end }),
    comments: goes ? comments : [],
  };
}
