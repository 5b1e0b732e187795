import type { Edit, Range } from '../dockerfile/types.js';
import type { ContextEdit } from '../facts/context/types.js';
import type { Level } from './levels.js';
import type { Change, LeftAlone } from './types.js';

/** @param level a higher one than the transform's, where this place needs it */
export function change(
  message: string,
  range: Range,
  edits: readonly Edit[],
  contextEdits: readonly ContextEdit[] = [],
  level?: Level,
): Change {
  const { start, end } = range;
  return { kind: 'change', message, range: { start, end }, edits, contextEdits, level };
}

export function leaveAlone(code: string, reason: string, range: Range): LeftAlone {
  return { kind: 'left-alone', code, reason, range: { start: range.start, end: range.end } };
}
