/** Where a path of an image comes from, at a given instruction: the COPY or ADD that brought it, through stages as well. */
import type { Instruction, Stage } from '../dockerfile/types.js';
import { memoize } from '../memoize.js';
import { isUnknown } from '../paths.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import { broughtBy, type Brought, type Surroundings } from './brought.js';
import { mayChange } from './path-changes.js';
import type { Copy, StageState, Step } from './types.js';

/** What questions about files of the image are answered from. */
export interface ImageFiles extends Surroundings {
  readonly stages: readonly StageState[];
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

/** From where in the build context a file of the image comes when `instruction` begins; a RUN in between may have changed it. */
export function contextPathAt(files: ImageFiles, instruction: Instruction, path: string): string | undefined {
  const origin = originAt(files, instruction, path);
  return isRefusal(origin) ? undefined : origin.contextPath;
}

/** The text that such a file has in the build context. */
export function textAt(files: ImageFiles, instruction: Instruction, path: string): string | undefined {
  const found = contextPathAt(files, instruction, path);
  return found === undefined ? undefined : files.context?.read(found);
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

/** Those of them that copy, without a look at the others. */
function* copiesBefore(files: ImageFiles, last: Stage, offset: number): Iterable<Step> {
  for (let stage: Stage | undefined = last; stage !== undefined; stage = stage.parent) {
    const copies = copiesOf(files.stages[stage.index]?.steps ?? NONE);
    for (let at = copies.length - 1; at >= 0; at--) {
      const step = copies[at];
      if (step !== undefined && step.instruction.start < offset) yield step;
    }
  }
}

const NONE: readonly Step[] = [];
const copiesOf = memoize((steps: readonly Step[]) => steps.filter(({ copy }) => copy !== undefined));

/** The RUNs behind a copy and before an offset, the last one first. */
function runsBetween(files: ImageFiles, last: Stage, copy: Step, offset: number): readonly Step[] {
  const runs: Step[] = [];
  for (const step of stepsBefore(files, last, offset)) {
    if (step === copy) break;
    if (step.copy === undefined) runs.push(step);
  }
  return runs;
}

/** The first step back that brings the path for certain, else the last that may have brought it. */
function search(files: ImageFiles, stage: Stage, offset: number, path: string): Origin | Refusal {
  const moved = isUnknown(path) ? lastMove(stage, offset) : 0;
  // Most paths are copied by nothing, so the RUNs are read once a copy is found before them.
  let read = offset;
  let doubt: Doubt | undefined;
  let guess: Origin | undefined;
  for (const step of copiesBefore(files, stage, offset)) {
    const { copy, instruction } = step;
    if (copy === undefined) continue;
    const found = broughtBy(files, copy, path, instruction.start < moved);
    if (found === undefined) continue;
    doubt ??= doubtOfRuns(runsBetween(files, stage, step, read), path);
    read = instruction.start;
    const origin = originOf(files, copy, found);
    if (origin !== undefined && found.certain) return { ...origin, doubt: origin.doubt ?? doubt };
    if (doubt?.code !== 'copy-unclear') doubt = unclear(`whether ${nameOf(step)} brings it is not known`);
    guess ??= origin && { ...origin, doubt };
  }
  return guess ?? refuse('not-copied', doubt?.reason ?? 'nothing copies it');
}

function doubtOfRuns(steps: readonly Step[], path: string): Doubt | undefined {
  const step = steps.find((one) => mayChange(one, path));
  return step && { code: 'run-between', reason: `${nameOf(step)} may change it` };
}

function unclear(reason: string): Doubt {
  return { code: 'copy-unclear', reason };
}

/** Offset of the last WORKDIR: what counted from an unknown directory before it counts from another one after it. */
function lastMove(last: Stage, offset: number): number {
  for (let stage: Stage | undefined = last; stage !== undefined; stage = stage.parent) {
    const found = stage.instructions.findLast(({ keyword, start }) => keyword === 'WORKDIR' && start < offset);
    if (found !== undefined) return found.start;
  }
  return 0;
}

function nameOf({ instruction }: Step): string {
  return `the ${instruction.keyword} on line ${instruction.startLine}`;
}

function originOf(files: ImageFiles, copy: Copy, found: Brought): Origin | undefined {
  const { path, from } = found;
  if (path === undefined) return undefined;
  const doubt = found.unclear === undefined ? undefined : unclear(found.unclear);
  if (from === 'context') return { copy, path, contextPath: path, doubt };
  const inner = from === 'stage' ? originInStage(files, copy, path) : undefined;
  return { copy, path, contextPath: inner?.contextPath, doubt: doubt ?? inner?.doubt };
}

/** Where a path of the stage comes from out of which a COPY copies. */
function originInStage({ stages, context }: ImageFiles, copy: Copy, path: string): Origin | undefined {
  const { stage, instruction } = copy;
  if (stage === undefined || stage.index >= instruction.stageIndex) return undefined;
  const inner = originAtEnd({ stages, context }, stage, `/${path}`);
  return isRefusal(inner) ? undefined : inner;
}
