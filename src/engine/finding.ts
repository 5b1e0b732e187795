import type { Edit, Range } from '../dockerfile/types.js';
import type { Change, ContextEdit, LeftAlone } from './types.js';

export function change(
  message: string,
  range: Range,
  edits: readonly Edit[],
  contextEdits: readonly ContextEdit[] = [],
): Change {
  return { kind: 'change', message, range: { start: range.start, end: range.end }, edits, contextEdits };
}

export function leaveAlone(code: string, reason: string, range: Range): LeftAlone {
  return { kind: 'left-alone', code, reason, range: { start: range.start, end: range.end } };
}
