/** The edits that put a tree copy after an install and the manifests before it. */
import { attachedComments } from '../../src/dockerfile/layout.js';
import type { Dockerfile, Edit, Instruction } from '../../src/dockerfile/types.js';
import { insertBefore } from '../../src/edits/instructions.js';
import { moveInstructions } from '../../src/edits/move.js';
import type { Split } from '../../src/edits/run-split.js';

export interface Move {
  /** The copy, and after it what goes along with it. */
  readonly copies: readonly Instruction[];
  /** Lines that take the first one's place, or come before a RUN further down. */
  readonly lines: readonly { readonly before: Instruction | undefined; readonly text: readonly string[] }[];
  readonly after: Instruction;
  /** Where `after` is divided, when only its first part is the install. */
  readonly gap: Split | undefined;
}

export function moveCopy(dockerfile: Dockerfile, { copies, lines, after, gap }: Move): readonly Edit[] {
  const moved = copies.map((instruction, index) => ({
    instruction,
    withComments: index > 0 || speaksOfCopy(dockerfile, instruction),
  }));
  const here = lines.find(({ before }) => before === undefined)?.text ?? [];
  const added = lines.flatMap(({ before, text }) =>
    before === undefined ? [] : [insertBefore(dockerfile, before, text)],
  );
  return [...moveInstructions(dockerfile, moved, { after, split: gap }, here), ...added];
}

const OF_COPY = /cop(?:y|i)|\badd|source|code|files?\b|content|mount|context|project|\bapp|everything|\brest\b|bring/i;
const OF_INSTALL = /install|depend|requirement|package|modules|manifest|\b(?:npm|yarn|pnpm|pip|gem|bundle|composer)/i;

/** The comments above speak of the copy, and not of the install: they go where the copy goes. */
function speaksOfCopy(dockerfile: Dockerfile, copy: Instruction): boolean {
  const comments = attachedComments(dockerfile, copy).map(({ start, end }) => dockerfile.text.slice(start, end));
  const text = comments.join(' ');
  return OF_COPY.test(text) && !OF_INSTALL.test(text);
}
