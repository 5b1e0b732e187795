import type { Edit } from '../dockerfile/types.js';

/** The offset in the original text of an offset behind rounds of edits, oldest round first. */
export function originalOffset(history: readonly (readonly Edit[])[], offset: number): number {
  return history.reduceRight((at, edits) => undo(edits, at), offset);
}

/** Inside a replacement, the start of what it replaced. */
function undo(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (start + shift >= offset && text !== '') break;
    if (start + shift + text.length > offset) return start;
    if (start + shift > offset) break;
    shift += text.length - (end - start);
  }
  return offset - shift;
}
