import type { BuildContext } from '../facts/context/types.js';
import { isWithin, rooted, startAlike } from '../paths.js';
import { sourceOf, type FoundSource } from './copied-source.js';
import type { Copy, CopySource } from './types.js';

/** What surrounds a stage: where its files come from, and where its first relative path counts from. */
export interface Surroundings {
  readonly context: BuildContext | undefined;
  /** The working directory of the base image, where it is known otherwise than by the stages. */
  readonly startDirectory?: string | undefined;
}

/** That a COPY or ADD brings a path, or may bring it. */
export interface Brought extends FoundSource {
  readonly from: CopySource['from'] | undefined;
  /** Why it may be another one's, or none. */
  readonly unclear: string | undefined;
}

const PERHAPS: Brought = { path: undefined, certain: false, from: undefined, unclear: undefined };

/**
 * What a COPY or ADD has to do with a path; undefined: nothing.
 * @param moved a WORKDIR came between: what counts from an unknown directory counts from another one after it
 */
export function broughtBy(
  { context, startDirectory }: Surroundings,
  copy: Copy,
  path: string,
  moved: boolean,
): Brought | undefined {
  const { target, sources } = copy;
  if (target === undefined) return PERHAPS;
  const comparable = startDirectory !== undefined || (startAlike(target.path, path) && !moved);
  const place = { path: rooted(target.path, startDirectory ?? '/'), isDirectory: target.isDirectory };
  const sought = rooted(path, startDirectory ?? '/');
  if (!isWithin(place.path, sought)) return comparable && !isWithin(sought, place.path) ? undefined : PERHAPS;
  const unclear = comparable ? selection(copy) : 'the working directory is not known';
  for (const source of sources.toReversed()) {
    const found = sourceOf(context, copy, source, place, sought);
    if (found !== undefined) return { ...found, from: source.from, unclear };
  }
  return undefined;
}

function selection({ plain }: Copy): string | undefined {
  return plain ? undefined : 'its flags select files';
}
