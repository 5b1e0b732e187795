/** The COPYs and ADDs that make the final image, as far as their paths are known. */
import type { Instruction } from '../../src/dockerfile/types.js';
import { copiesOf } from '../../src/image/copies.js';
import { kindOf } from '../../src/image/copied-source.js';
import { originAtEnd, type Origin } from '../../src/image/origin.js';
import { statesUpTo } from '../../src/image/state.js';
import type { Copy, CopySource } from '../../src/image/types.js';
import { memoize } from '../../src/memoize.js';
import { rooted } from '../../src/paths.js';
import { isRefusal } from '../../src/refusal.js';
import type { FinalImage } from './final-image.js';

export interface Copied {
  readonly copy: Copy;
  /** From the network, when one of its sources is. */
  readonly from: CopySource['from'];
  /** Variables filled in. */
  readonly sources: readonly string[];
  /** Absolute path in the image. */
  readonly destination: string;
}

/** All of them, in order. */
export function copiesIn(image: FinalImage): readonly Copy[] {
  return statesUpTo(image, image.stage).flatMap(copiesOf);
}

/** Those whose paths can all be told; heredocs are none. */
export const copiedFiles = memoize((image: FinalImage): readonly Copied[] =>
  copiesIn(image).flatMap((copy) => readKnown(image, copy) ?? []),
);

export function copiedBy(image: FinalImage, instruction: Instruction): Copied | undefined {
  return copiedFiles(image).find(({ copy }) => copy.instruction === instruction);
}

function readKnown(image: FinalImage, copy: Copy): Copied | undefined {
  if (copy.target === undefined || copy.sources.some(({ from }) => from === 'heredoc')) return undefined;
  const sources = copy.sources.flatMap(({ text }) => text ?? []);
  if (sources.length < copy.sources.length) return undefined;
  const remote = copy.sources.find(({ from }) => from === 'network');
  const from = (remote ?? copy.sources[0])?.from ?? 'unknown';
  return { copy, from, sources, destination: rooted(copy.target.path, image.startDirectory) };
}

/** The source is a directory for certain. */
export function isDirectory({ context }: FinalImage, { from }: Copied, source: string): boolean {
  return kindOf(from, source, context) === 'directory';
}

/** What brings the file of that path into the image, as far as can be told; nothing is read of heredocs. */
export function originOf(image: FinalImage, path: string): Origin | undefined {
  const origin = originAtEnd(image, image.stage, path);
  if (isRefusal(origin) || origin.copy.sources.some(({ from }) => from === 'heredoc')) return undefined;
  return isDirect(origin) && image.context?.exists(origin.path) === 'directory' ? undefined : origin;
}

/** It is copied right from the build context. */
function isDirect({ copy }: Origin): boolean {
  return copy.sources.some(({ from }) => from === 'context');
}

/** The text of a file that is copied from the build context: right away, or through stages that leave it as it is. */
export function readOrigin({ context }: FinalImage, origin: Origin | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (isDirect(origin)) return context?.read(origin.path);
  return origin.doubt === undefined && origin.contextPath !== undefined ? context?.read(origin.contextPath) : undefined;
}
