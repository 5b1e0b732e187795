import { attachedComments } from '../dockerfile/layout.js';
import type { Dockerfile, Instruction, Range } from '../dockerfile/types.js';
import { readHadolintPragma } from '../dockerfile/pragmas.js';
import { memoize } from '../memoize.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Finding, Transform } from './types.js';
import { ignoreComments, mistakeIn, type IgnoreComment } from './ignore-comments.js';

/** Why a comment forbids to change what was found, and the comment where it is one of dockmod's; undefined when none does. */
export type IgnoreCheck = (transform: Transform, finding: Finding) => Forbidden | undefined;

interface Forbidden {
  readonly refusal: Refusal;
  readonly comment?: IgnoreComment | undefined;
}

/** What a comment forbids, and how it says so. */
interface Ignore extends Forbidden {
  readonly place: Instruction | 'file' | undefined;
  readonly forbids: (transform: Transform) => boolean;
}

/**
 * Reads `# dockmod-ignore`, `# dockmod-ignore merge-run, pin-base-image -- reason` above an instruction, and
 * `# dockmod-ignore-file` among the comments above the first instruction. One that is not written so, or names no transform, forbids all
 * until it is mended. Where hadolint is told to overlook what a transform would mend (`Transform.covers`), the author wants it as it is.
 * @param known names of all transforms; undefined where they are not known
 */
export function readIgnores(dockerfile: Dockerfile, known: readonly string[] | undefined): IgnoreCheck {
  const ignores = [
    ...ignoreComments(dockerfile).map((comment) => readIgnore(comment, known)),
    ...overlookedIn(dockerfile),
  ];
  if (ignores.length === 0) return () => undefined;
  return (transform, finding) =>
    ignores.find(({ place, forbids }) => place !== undefined && touches(finding, place) && forbids(transform));
}

function readIgnore(comment: IgnoreComment, known: readonly string[] | undefined): Ignore {
  const { place, names, why } = comment;
  const mistake = mistakeIn(comment, known);
  if (mistake !== undefined)
    return {
      place,
      forbids: () => true,
      refusal: refuse('ignored', `an ignore comment may be meant, but ${mistake}`),
      comment,
    };
  return {
    place,
    forbids: ({ name }) => names === undefined || names.includes(name),
    refusal: refuse('ignored', `an ignore comment says so${why === '' ? '' : `: ${why}`}`),
    comment,
  };
}

const overlookedIn = memoize((dockerfile: Dockerfile): readonly Ignore[] => {
  if (!/hadolint/i.test(dockerfile.text)) return [];
  const { text, comments, instructions } = dockerfile;
  return [
    ...comments.flatMap((comment) => readOverlooked(text, comment, 'file')),
    ...instructions.flatMap((one) =>
      attachedComments(dockerfile, one).flatMap((comment) => readOverlooked(text, comment, one)),
    ),
  ];
});

function readOverlooked(text: string, { start, end }: Range, place: Instruction | 'file'): readonly Ignore[] {
  const found = readHadolintPragma(text.slice(start, end));
  if (found?.everywhere !== (place === 'file')) return [];
  return found.codes.map((code) => ({
    place,
    forbids: ({ covers }) => covers.includes(`hadolint/${code}`),
    refusal: refuse('ignored', `a comment tells hadolint to overlook it: ${code}`),
  }));
}

function touches(finding: Finding, place: Instruction | 'file'): boolean {
  if (place === 'file') return true;
  const within = (one: Range): boolean => one.start < place.end && one.end > place.start;
  return within(finding.range) || (finding.kind === 'change' && finding.edits.some(within));
}
