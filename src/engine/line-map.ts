import { sortEdits } from '../dockerfile/edit.js';
import type { Edit } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';

/** The way back from a text to the one that it was made from, over rounds of edits: which line something was on. */
export class LineMap {
  private readonly rounds: Round[] = [];
  private readonly given: Text;

  constructor(text: string) {
    this.given = { text };
  }

  /** The text has been edited once more. */
  add(edits: readonly Edit[]): void {
    this.rounds.push(readRound(edits));
  }

  /** Offset in the original of an offset in the text as it is. Inside a replacement, the start of what it replaced. */
  offset(now: number): number {
    return this.rounds.reduceRight((at, round) => undo(round, at), now);
  }

  /** Line of the original, 1-based. */
  line(now: number): number {
    return lastUpTo(lineStartsOf(this.given), this.offset(now)) + 1;
  }

  /** A message about the text as it is, with `line 5` and `lines 5 and 7` as lines of the original. What is quoted stays. */
  message(written: string, now: Text): string {
    if (this.rounds.length === 0 || !/\blines? \d/.test(written)) return written;
    const starts = lineStartsOf(now);
    const original = (line: string): string => String(this.line(starts[Number(line) - 1] ?? now.text.length));
    return written.replace(/`[^`]*`|\blines? \d+(?: and \d+)?/g, (part) =>
      part.startsWith('`') ? part : part.replace(/\d+/g, original),
    );
  }
}

/** Such as a Dockerfile. */
interface Text {
  readonly text: string;
}

/** Asked for each message about a text. */
const lineStartsOf = memoize(({ text }: Text): readonly number[] => [
  0,
  ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1),
]);

/** Edits of one round in order, and where each starts in the text that they gave. */
interface Round {
  readonly edits: readonly Edit[];
  readonly starts: readonly number[];
}

function readRound(unsorted: readonly Edit[]): Round {
  const edits = sortEdits(unsorted);
  let shift = 0;
  const starts = edits.map(({ start, end, text }) => {
    const now = start + shift;
    shift += text.length - (end - start);
    return now;
  });
  return { edits, starts };
}

function undo({ edits, starts }: Round, now: number): number {
  const at = lastUpTo(starts, now);
  // What is at the start of a replacement was there before.
  const last = starts[at] === now && edits[at]?.text !== '' ? at - 1 : at;
  const [edit, start] = [edits[last], starts[last]];
  if (edit === undefined || start === undefined) return now;
  const after = now - (start + edit.text.length);
  return after < 0 ? edit.start : edit.end + after;
}

/** Index of the last number up to `limit`, or -1. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
