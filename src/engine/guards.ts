import { applyEdits, sortEdits } from '../dockerfile/edit.js';
import { parseDockerfile } from '../dockerfile/parse.js';
import { readersAgree } from '../dockerfile/second-reader.js';
import { DockerfileError, type Dockerfile, type Edit, type Instruction } from '../dockerfile/types.js';
import type { ImageFacts } from '../facts/images/types.js';
import { compareImages } from '../image/compare.js';
import { imageState } from '../image/state.js';
import type { Facet, ImageState } from '../image/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { Change } from './types.js';

/** A text with what was worked out of it. */
export interface Snapshot {
  readonly dockerfile: Dockerfile;
  readonly image: ImageState;
  /** The image by the text alone, without what is known of its base. */
  readonly withoutFacts: () => ImageState;
}

export function snapshotOf(dockerfile: Dockerfile, images: ImageFacts): Snapshot {
  let bare: ImageState | undefined;
  return {
    dockerfile,
    image: imageState(dockerfile, images),
    withoutFacts: () => (bare ??= imageState(dockerfile)),
  };
}

export function readSafely(text: string): Dockerfile | DockerfileError {
  try {
    return parseDockerfile(text);
  } catch (error) {
    if (error instanceof DockerfileError) return error;
    throw error;
  }
}

export interface Guards {
  readonly images: ImageFacts;
  /** Two readers must agree on what is written. */
  readonly askBoth: boolean;
}

/**
 * The text with the changes made, or which guard they break.
 * @param mayChange facets in which the image may come out different
 */
export function attempt(
  snapshot: Snapshot,
  changes: readonly Change[],
  mayChange: readonly Facet[],
  { images, askBoth }: Guards,
): Snapshot | Refusal {
  const written = changes.flatMap(({ contextEdits = [] }) => contextEdits);
  if (written[0] !== undefined && !mayChange.includes('files'))
    return refuse('facet', `it may not change this: files: it writes ${written[0].path} of the build context`);
  const edits = sortEdits(changes.flatMap((change) => change.edits));
  const text = applySafely(snapshot.dockerfile.text, edits);
  if (isRefusal(text)) return text;
  if (text === snapshot.dockerfile.text) return snapshot;
  const dockerfile = readSafely(text);
  if (dockerfile instanceof DockerfileError)
    return refuse('unreadable', `what it writes can't be read: ${dockerfile.message} (line ${dockerfile.line})`);
  const swallowed = findSwallowed(snapshot.dockerfile, dockerfile, edits);
  if (swallowed !== undefined) return refuse('swallowed', `${describe(swallowed)} is swallowed by its edit`);
  if (askBoth && !readersAgree(dockerfile))
    return refuse('readers-differ', 'two readers see what it writes differently');
  const next = snapshotOf(dockerfile, images);
  const broken = compareImages(...comparable(snapshot, next, mayChange)).find(
    ({ facet }) => !mayChange.includes(facet),
  );
  return broken === undefined ? next : refuse('facet', `it may not change this: ${broken.message}`);
}

function applySafely(text: string, edits: readonly Edit[]): string | Refusal {
  try {
    return applyEdits(text, edits);
  } catch (error) {
    if (error instanceof RangeError) return refuse('bad-edits', error.message);
    throw error;
  }
}

/** With a new base, what is known of it may differ too: then the states by the text alone are compared. */
function comparable(before: Snapshot, after: Snapshot, mayChange: readonly Facet[]): [ImageState, ImageState] {
  return mayChange.includes('base') ? [before.withoutFacts(), after.withoutFacts()] : [before.image, after.image];
}

/**
 * Every instruction that no edit touched must come out of the new text with the same keyword and text: an edit that opens a
 * quote, a heredoc or a continuation swallows its neighbours.
 * @param edits sorted by their place
 */
function findSwallowed(before: Dockerfile, after: Dockerfile, edits: readonly Edit[]): Instruction | undefined {
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
    if (now === undefined || textOf(before, instruction) !== textOf(after, now)) return instruction;
  }
  return undefined;
}

/** An edit at the very end of the instruction touches it too, unless it starts a line of its own. */
function touches(edit: Edit, { end }: Instruction): boolean {
  return edit.start < end || (edit.start === end && edit.text !== '' && !/^\r?\n/.test(edit.text));
}

function endOf(edit: Edit | undefined): number {
  return edit?.end ?? Infinity;
}

function textOf({ text }: Dockerfile, { start, end }: Instruction): string {
  return text.slice(start, end);
}

function describe({ keyword, startLine }: Instruction): string {
  return `the instruction on line ${startLine} (${keyword})`;
}
