import type { LogicalText } from './types.js';

/** A stretch of source that became part of the logical text. */
export interface Piece {
  readonly logical: number;
  readonly source: number;
  readonly length: number;
}

/** Joins stretches `[start, end)` of `source` into one logical text. */
export function joinPieces(source: string, stretches: readonly { start: number; end: number }[]): LogicalText {
  const pieces: Piece[] = [];
  let text = '';
  for (const { start, end } of stretches) {
    if (end <= start) continue;
    pieces.push({ logical: text.length, source: start, length: end - start });
    text += source.slice(start, end);
  }
  return view(pieces, stretches[0]?.start ?? 0, text);
}

/** The part `[start, end)` of a logical text, as a logical text of its own. */
export function sliceLogical(whole: LogicalText, start: number, end: number): LogicalText {
  return {
    text: whole.text.slice(start, end),
    sourceStart: (offset) =>
      start + offset >= end && end > start ? whole.sourceEnd(end) : whole.sourceStart(start + offset),
    sourceEnd: (offset) => (offset === 0 ? whole.sourceStart(start) : whole.sourceEnd(start + offset)),
  };
}

function view(pieces: readonly Piece[], origin: number, text: string): LogicalText {
  return {
    text,
    sourceStart(offset) {
      const piece = pieces[findPiece(pieces, offset)];
      return piece === undefined ? origin : piece.source + Math.min(offset - piece.logical, piece.length);
    },
    sourceEnd(offset) {
      if (offset === 0) return pieces[0]?.source ?? origin;
      const piece = pieces[findPiece(pieces, offset - 1)];
      return piece === undefined ? origin : piece.source + Math.min(offset - piece.logical, piece.length);
    },
  };
}

/** Index of the last piece that starts at or before `offset`. */
function findPiece(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.logical ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
