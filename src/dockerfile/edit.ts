import type { Edit, Range } from './types.js';

export function replace(range: Range, text: string): Edit {
  return { start: range.start, end: range.end, text };
}

export function insert(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/**
 * Applies edits to the text they were made for. Insertions at one offset keep their order and come before a replacement
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
