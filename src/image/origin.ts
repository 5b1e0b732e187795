/** Where a path of an image comes from, at a given instruction: the COPY or ADD that brought it, through stages as well. */
import type { Instruction, Stage } from '../dockerfile/types.js';
import type { BuildContext } from '../facts/context/types.js';
import { isUnknown, isWithin, rooted, startAlike } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { sourceOf } from './copied-source.js';
import { mayChange } from './path-changes.js';
import type { Copy, CopySource, StageState, Step } from './types.js';

/** What questions about files of the image are answered from. */
export interface ImageFiles {
  readonly stages: readonly StageState[];
  readonly context: BuildContext | undefined;
  /** The working directory of the base image, where it is known otherwise than by the stages. */
  readonly startDirectory?: string | undefined;
}

/** `run-between`: a RUN after the copy may have changed it. `copy-unclear`: what a COPY or ADD brings, and whereto, can't be told. */
export interface Doubt {
  readonly code: 'run-between' | 'copy-unclear';
  readonly reason: string;
}

export interface Origin {
  /** The COPY or ADD of this image that brings it. */
  readonly copy: Copy;
  /** Path in what that one copies out of: the build context, another stage, an image, the network. */
  readonly path: string;
  /** Path in the build context, followed through stages; undefined where it does not come from there. */
  readonly contextPath: string | undefined;
  /** Why something else may lie there; undefined: nothing else can, if the path is a file at all. */
  readonly doubt: Doubt | undefined;
}

/**
 * Where `path` comes from when `instruction` begins. The path counts from the root, or from an unknown working directory as
 * `imagePath` has it.
 */
export function originAt(files: ImageFiles, instruction: Instruction, path: string): Origin | Refusal {
  const stage = files.stages[instruction.stageIndex]?.stage;
  if (stage === undefined) return refuse('not-copied', 'no stage has begun');
  return search(files, stage, instruction.start, path);
}

/** Where `path` comes from in what a stage makes. */
export function originAtEnd(files: ImageFiles, stage: Stage, path: string): Origin | Refusal {
  return search(files, stage, Infinity, path);
}

/** The steps of a stage, and of those it is built FROM, that come before an offset in the file; the last one first. */
function* stepsBefore(files: ImageFiles, last: Stage, offset: number): Iterable<Step> {
  for (let stage: Stage | undefined = last; stage !== undefined; stage = stage.parent) {
    const steps = files.stages[stage.index]?.steps ?? [];
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at];
      if (step !== undefined && step.instruction.start < offset) yield step;
    }
  }
}

/** The first step back that brings the path for certain, else the last that may have brought it. */
function search(files: ImageFiles, stage: Stage, offset: number, path: string): Origin | Refusal {
  const moved = isUnknown(path) ? lastMove(stage, offset) : 0;
  let doubt: Doubt | undefined;
  let guess: Origin | undefined;
  for (const step of stepsBefore(files, stage, offset)) {
    const { copy, instruction } = step;
    if (copy === undefined) {
      if (doubt === undefined && mayChange(step, path)) doubt = inDoubt('run-between', `${nameOf(step)} may change it`);
      continue;
    }
    const found = broughtBy(files, copy, path, instruction.start < moved);
    if (found === undefined) continue;
    const { origin, certain } = found;
    if (origin !== undefined && certain) return { ...origin, doubt: origin.doubt ?? doubt };
    if (doubt?.code !== 'copy-unclear')
      doubt = inDoubt('copy-unclear', `whether ${nameOf(step)} brings it is not known`);
    if (origin !== undefined) guess ??= { ...origin, doubt };
  }
  return guess ?? refuse('not-copied', doubt?.reason ?? 'nothing copies it');
}

/** Offset of the last WORKDIR: what counted from an unknown directory before it counts from another one after it. */
function lastMove(last: Stage, offset: number): number {
  for (let stage: Stage | undefined = last; stage !== undefined; stage = stage.parent) {
    const found = stage.instructions.findLast(({ keyword, start }) => keyword === 'WORKDIR' && start < offset);
    if (found !== undefined) return found.start;
  }
  return 0;
}

function inDoubt(code: Doubt['code'], reason: string): Doubt {
  return { code, reason };
}

function nameOf({ instruction }: Step): string {
  return `the ${instruction.keyword} on line ${instruction.startLine}`;
}

/** That a COPY or ADD brings a path, or may bring it. Without an origin it can't be told what from. */
interface Brought {
  readonly origin: Origin | undefined;
  readonly certain: boolean;
}

const PERHAPS: Brought = { origin: undefined, certain: false };

/** @param moved a WORKDIR that is not known came between */
function broughtBy(files: ImageFiles, copy: Copy, path: string, moved: boolean): Brought | undefined {
  const { target, sources, plain } = copy;
  if (target === undefined) return PERHAPS;
  const { startDirectory } = files;
  const alike = startDirectory !== undefined || (startAlike(target.path, path) && !moved);
  const place = rooted(target.path, startDirectory ?? '/');
  const sought = rooted(path, startDirectory ?? '/');
  if (!isWithin(place, sought)) return alike && !isWithin(sought, place) ? undefined : PERHAPS;
  for (const source of [...sources].reverse()) {
    const found = sourceOf(files.context, copy, source, { path: place, isDirectory: target.isDirectory }, sought);
    if (found === undefined) continue;
    if (found.path === undefined) return PERHAPS;
    const why = alike ? (plain ? undefined : 'its flags select files') : 'the working directory is not known';
    const doubt = why === undefined ? undefined : inDoubt('copy-unclear', why);
    return { origin: follow(files, { copy, path: found.path, doubt }, source.from), certain: found.certain };
  }
  return undefined;
}

/** The origin with its path in the build context. */
function follow(files: ImageFiles, origin: Omit<Origin, 'contextPath'>, from: CopySource['from']): Origin {
  const { copy, path, doubt } = origin;
  const { stage, instruction } = copy;
  if (from === 'context') return { ...origin, contextPath: path };
  const isEarlier = from === 'stage' && stage !== undefined && stage.index < instruction.stageIndex;
  const inner = isEarlier
    ? originAtEnd({ stages: files.stages, context: files.context }, stage, `/${path}`)
    : undefined;
  return inner === undefined || isRefusal(inner)
    ? { ...origin, contextPath: undefined }
    : { ...origin, contextPath: inner.contextPath, doubt: doubt ?? inner.doubt };
}
