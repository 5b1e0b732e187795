import { applyEdits, sortEdits } from '../dockerfile/edit.js';
import { parseDockerfile } from '../dockerfile/parse.js';
import { readersAgree } from '../dockerfile/second-reader.js';
import { DockerfileError, type Dockerfile } from '../dockerfile/types.js';
import type { ImageFacts } from '../facts/images/types.js';
import { compareImages } from '../image/compare.js';
import { imageState } from '../image/state.js';
import type { ImageState } from '../image/types.js';
import type { Change, Problem, Transform } from './types.js';
import { untouchedProblem } from './untouched.js';

/** A text with what was worked out of it. */
export interface Reading {
  readonly dockerfile: Dockerfile;
  readonly image: ImageState;
  /** The state by the text alone, which the contract check compares. */
  readonly plain: () => ImageState;
}

export function readingOf(dockerfile: Dockerfile, images: ImageFacts): Reading {
  let plain: ImageState | undefined;
  return {
    dockerfile,
    image: imageState(dockerfile, images),
    plain: () => (plain ??= imageState(dockerfile)),
  };
}

export function parseSafely(text: string): Dockerfile | Problem {
  try {
    return parseDockerfile(text);
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    return { kind: 'parse', message: error.message, line: error.line, transform: undefined };
  }
}

export interface Guards {
  readonly images: ImageFacts;
  /** Two readers must agree on what is written. */
  readonly askBoth: boolean;
}

/** The reading of the text with the changes made, or what is wrong with it. */
export function attempt(
  reading: Reading,
  transform: Transform,
  changes: readonly Change[],
  { images, askBoth }: Guards,
): Reading | string {
  const edits = sortEdits(changes.flatMap((change) => change.edits));
  let text: string;
  try {
    text = applyEdits(reading.dockerfile.text, edits);
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error);
  }
  if (text === reading.dockerfile.text) return reading;
  const dockerfile = parseSafely(text);
  if ('kind' in dockerfile) return `what it writes can't be read: ${dockerfile.message} (line ${dockerfile.line ?? 0})`;
  const swallowed = untouchedProblem(reading.dockerfile, dockerfile, edits);
  if (swallowed !== undefined) return swallowed;
  if (askBoth && !readersAgree(dockerfile)) return 'two readers see what it writes differently';
  const next = readingOf(dockerfile, images);
  const broken = compareImages(...comparable(reading, next, transform)).find(
    ({ facet }) => !transform.mayChange.includes(facet),
  );
  return broken === undefined ? next : `it may not change this: ${broken.message}`;
}

/** With a new base, what is known of it may differ too: then the states by the text alone are compared. */
function comparable(before: Reading, after: Reading, { mayChange }: Transform): [ImageState, ImageState] {
  return mayChange.includes('base') ? [before.plain(), after.plain()] : [before.image, after.image];
}
