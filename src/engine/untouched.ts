import type { Dockerfile, Edit, Instruction } from '../dockerfile/types.js';

/**
 * Says which instruction was swallowed: every one that no edit touched must come out of the new text with the same keyword
 * and text. An edit that opens a quote, a heredoc or a continuation shows here.
 * @param edits sorted by their place
 */
export function untouchedProblem(before: Dockerfile, after: Dockerfile, edits: readonly Edit[]): string | undefined {
  const found = new Map(after.instructions.map((instruction) => [instruction.start, instruction]));
  let shift = 0;
  let next = 0;
  for (const instruction of before.instructions) {
    while (next < edits.length && endOf(edits[next]) <= instruction.start) {
      const edit = edits[next++] as Edit;
      shift += edit.text.length - (edit.end - edit.start);
    }
    const edit = edits[next];
    if (edit !== undefined && touches(edit, instruction)) continue;
    const now = found.get(instruction.start + shift);
    if (now === undefined || textOf(before, instruction) !== textOf(after, now))
      return `the instruction on line ${instruction.startLine} (${instruction.keyword}) is swallowed by its edit`;
  }
  return undefined;
}

/** An edit right behind the instruction touches it too, unless it starts a line of its own. */
function touches(edit: Edit, { end }: Instruction): boolean {
  return edit.start < end || (edit.start === end && edit.text !== '' && !/^\r?\n/.test(edit.text));
}

function endOf(edit: Edit | undefined): number {
  return edit?.end ?? Infinity;
}

function textOf({ text }: Dockerfile, { start, end }: Instruction): string {
  return text.slice(start, end);
}
