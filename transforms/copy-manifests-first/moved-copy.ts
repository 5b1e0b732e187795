/** The edits that put a tree copy behind an install and the manifests before it. */
import { insert, replace } from '../../src/dockerfile/edit.js';
import { attachedComments, indentation, instructionLines, linesWithComments } from '../../src/dockerfile/layout.js';
import { insertBefore } from '../../src/edits/instructions.js';
import type { Dockerfile, Edit, Instruction, Range } from '../../src/dockerfile/types.js';
import type { Gap } from './install-run.js';

export interface Move {
  /** The copy, and behind it what goes along with it. */
  readonly copies: readonly Instruction[];
  /** Lines that take the first one's place, or stand before a RUN further down. */
  readonly lines: readonly { readonly before: Instruction | undefined; readonly text: readonly string[] }[];
  readonly behind: Instruction;
  /** Where `behind` is divided, when only its first part is the install. */
  readonly gap: Gap | undefined;
}

export function moveCopy(dockerfile: Dockerfile, move: Move): Edit[] {
  const moved = move.copies.map((copy, index) => ({
    copy,
    lines: index === 0 ? movedLines(dockerfile, copy) : linesWithComments(dockerfile, copy),
  }));
  const here = move.lines.find(({ before }) => before === undefined)?.text ?? [];
  const added = move.lines.flatMap(({ before, text }) =>
    before === undefined ? [] : [insertBefore(dockerfile, before, text)],
  );
  const removed = moved.map(({ copy, lines }, index) => takeOut(dockerfile, copy, lines, index === 0 ? here : []));
  const apart = moved.map(({ copy }) => isFollowedByBlank(dockerfile, copy));
  const text = moved.map(({ lines: { start, end } }, index) => {
    const blank = apart[index] === true && index < moved.length - 1 ? dockerfile.newline : '';
    return dockerfile.text.slice(start, end) + blank;
  });
  return [...removed, ...added, putBehind(dockerfile, move, text.join(''), apart.at(-1) === true)];
}

function isFollowedByBlank(dockerfile: Dockerfile, instruction: Instruction): boolean {
  return /^[ \t]*\r?\n/.test(dockerfile.text.slice(instructionLines(dockerfile, instruction).end));
}

/** A comment that speaks of the copy, and not of the install, goes where the copy goes. */
const OF_COPY = /cop(?:y|i)|\badd|source|code|files?\b|content|mount|context|project|\bapp|everything|\brest\b|bring/i;
const OF_INSTALL = /install|depend|requirement|package|modules|manifest|\b(?:npm|yarn|pnpm|pip|gem|bundle|composer)/i;

function movedLines(dockerfile: Dockerfile, copy: Instruction): Range {
  const comments = attachedComments(dockerfile, copy).map(({ start, end }) => dockerfile.text.slice(start, end));
  const text = comments.join(' ');
  return OF_COPY.test(text) && !OF_INSTALL.test(text)
    ? linesWithComments(dockerfile, copy)
    : instructionLines(dockerfile, copy);
}

function takeOut(dockerfile: Dockerfile, copy: Instruction, lines: Range, instead: readonly string[]): Edit {
  const { text, newline } = dockerfile;
  const indent = indentation(dockerfile, copy);
  if (instead.length > 0) return replace(lines, instead.map((line) => indent + line + newline).join(''));
  // Two blank lines would stand where the copy stood between two.
  const blank = /^[ \t]*\r?\n/.exec(text.slice(lines.end))?.[0] ?? '';
  const before = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, lines.start));
  return replace({ start: lines.start, end: lines.end + (before ? blank.length : 0) }, '');
}

function putBehind(dockerfile: Dockerfile, { behind, gap }: Move, moved: string, apart: boolean): Edit {
  const { text, newline } = dockerfile;
  const blank = apart ? newline : '';
  if (gap !== undefined)
    return replace(gap, newline + blank + moved + blank + runPrefix(dockerfile, behind) + gap.prefix);
  const { end } = instructionLines(dockerfile, behind);
  if (end === text.length && !text.endsWith('\n')) return insert(end, newline + blank + moved.replace(/\r?\n$/, ''));
  return insert(end, blank + moved);
}

/** `RUN --mount=… ` as the author wrote it, with the instruction's indentation. */
function runPrefix(dockerfile: Dockerfile, run: Instruction): string {
  return indentation(dockerfile, run) + dockerfile.text.slice(run.start, run.body.sourceStart(0));
}
