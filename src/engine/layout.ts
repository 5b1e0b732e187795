import type { Dockerfile } from '../dockerfile/types.js';
import { DockerfileError } from '../dockerfile/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { fix } from './fix.js';
import { attempt, readSafely, snapshotOf } from './guards.js';
import type { FixOptions } from './run.js';
import type { Facts } from '../facts/types.js';
import type { Result } from './types.js';

/** What a report calls it, beside the names of transforms. */
const NAME = 'format';

/** What a text is laid out for: the same transforms over the same facts, which must find nothing more to do in it. */
export interface LayoutOptions extends FixOptions {
  readonly facts: Facts;
}

/**
 * A result with its text laid out anew by a formatter. The formatter is not trusted: what it wrote is taken only when the image is the same in
 * every facet, all comments are where they were, and a second run would change nothing; else the text stays as it was, with the reason.
 * @param laidOut what the formatter made of `result.after`
 */
export function takeLayout(result: Result, laidOut: string, options: LayoutOptions): Result {
  if (laidOut === result.after) return result;
  const refusal = refuseLayout(result.after, laidOut, options);
  const at = { transform: NAME, level: 'safe', line: 1 } as const;
  if (refusal !== undefined)
    return { ...result, leftAlone: [...result.leftAlone, { ...at, code: refusal.code, reason: refusal.reason }] };
  return { ...result, after: laidOut, changes: [...result.changes, { ...at, message: 'Format', covers: [] }] };
}

/** A file that the formatter could not lay out. */
export function withoutLayout(result: Result, reason: string): Result {
  const left = { transform: NAME, level: 'safe', line: 1, code: 'not-formatted', reason } as const;
  return { ...result, leftAlone: [...result.leftAlone, left] };
}

function refuseLayout(before: string, laidOut: string, options: LayoutOptions): Refusal | undefined {
  const dockerfile = readSafely(before.replace(/^\uFEFF/, ''));
  const other = readSafely(laidOut.replace(/^\uFEFF/, ''));
  if (dockerfile instanceof DockerfileError) return refuse('unreadable', dockerfile.message);
  if (other instanceof DockerfileError)
    return refuse('unreadable', `not formatted: it could not be read any more: ${other.message} (line ${other.line})`);
  const whole = { start: 0, end: dockerfile.text.length };
  const { images } = options.facts;
  const change = { kind: 'change', message: 'Format', range: whole, edits: [{ ...whole, text: other.text }] } as const;
  const made = attempt(snapshotOf(dockerfile, images), [change], [], { images, askBoth: true });
  if (isRefusal(made)) return refuse(made.code, `not formatted: ${made.reason}`);
  if (commentsOf(dockerfile) !== commentsOf(other))
    return refuse('comments', 'not formatted: it would have other comments, or in other places');
  const { changes, contextEdits } = fix(laidOut, options);
  if (changes.length + contextEdits.length === 0) return undefined;
  return refuse('unsettled', `not formatted: it would be changed again by ${changes[0]?.transform ?? 'a transform'}`);
}

/** Each comment with the number of instructions that begin before it; those between the lines of an instruction belong to it. */
function commentsOf({ text, comments, instructions }: Dockerfile): string {
  const inside = instructions.flatMap((one) => one.comments);
  const before = (at: number): number => instructions.filter(({ start }) => start < at).length;
  return [...comments, ...inside]
    .map(({ start, end }) => `${before(start)} ${text.slice(start, end).trimEnd()}`)
    .sort()
    .join('\n');
}
