/** Lines that a change writes end in no blanks, whatever their place had: a diff would add those anew. */
import { sortEdits } from '../dockerfile/edit.js';
import type { Edit } from '../dockerfile/types.js';
import type { Change } from './types.js';

/** The changes, each with edits that take away the blanks at the end of the lines that it writes. */
export function trimWrittenLines(text: string, changes: readonly Change[]): readonly Change[] {
  const next = new Map<Edit, Edit | undefined>();
  const sorted = sortEdits(changes.flatMap(({ edits }) => edits));
  for (const [at, edit] of sorted.entries()) next.set(edit, sorted[at + 1]);
  return changes.map((change) => {
    const trims = change.edits.flatMap((edit) => trimAfter(text, edit, next.get(edit)?.start ?? Infinity) ?? []);
    return trims.length === 0 ? change : { ...change, edits: [...change.edits, ...trims] };
  });
}

/** @param limit where the next edit starts: on the same line it is the one that is asked */
function trimAfter(text: string, edit: Edit, limit: number): Edit | undefined {
  const { end } = edit;
  if (keepsLines(text, edit)) return undefined;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  if (limit <= lineEnd || lineEnd <= end) return undefined;
  let start = lineEnd;
  while (start > end && /[ \t]/.test(text.charAt(start - 1))) start--;
  return start === lineEnd ? undefined : { start, end: lineEnd, text: '' };
}

/** What follows it is a line as it was: it writes or takes away whole lines. */
function keepsLines(text: string, { start, end, text: written }: Edit): boolean {
  const starts = start === 0 || text[start - 1] === '\n';
  return starts && (written === '' ? end === start || text[end - 1] === '\n' : written.endsWith('\n'));
}
