import type { Dockerfile } from '../dockerfile/types.js';
import { wantedManifests } from '../ecosystems/project-files.js';
import { fix } from '../engine/fix.js';
import { NEEDS_LEVEL } from '../engine/levels.js';
import type { LayoutOptions } from '../engine/layout.js';
import type { FixOptions } from '../engine/run.js';
import type { Result, Transform } from '../engine/types.js';
import type { DiskCache } from '../facts/context/disk.js';
import {
  findContext,
  folderInRepository,
  repositoryOf,
  servicesAround,
  type FoundContext,
} from '../facts/context/find.js';
import { overlayContext } from '../facts/context/overlay.js';
import type { ComposeService } from '../facts/context/builds/compose-services.js';
import type { ContextEdit } from '../facts/context/types.js';
import { shippedImages } from '../facts/images/shipped.js';
import type { Facts } from '../facts/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { FileReport } from '../report/types.js';
import type { Job, Outcome } from './job.js';

/** Edits that this run made, or would make, to files of the build context at a root. */
export type PendingFiles = (root: string) => readonly ContextEdit[];

/** What a job needs besides its text. */
export interface Surroundings {
  readonly catalogue: readonly Transform[];
  readonly disk: DiskCache;
  readonly pending: PendingFiles;
  /** Called before each transform. */
  readonly onTransform?: (transform: Transform) => void;
}

const images = shippedImages();

/** A text after the transforms, and what a report or a formatter needs to know of how they ran. */
export interface FixedText {
  readonly result: Result;
  readonly options: LayoutOptions;
  readonly context: FileReport['context'];
}

/** Runs the transforms of a job on a text, in the build context that is found for it. */
export function fixText(job: Job, text: string, around: Surroundings): FixedText {
  // Searched on demand: a text that can't be parsed needs no context.
  let found: FoundContext | Refusal | undefined =
    job.noContext === undefined ? undefined : refuse('no-context', job.noContext);
  let facts: Facts | undefined;
  const findFacts = (dockerfile: Dockerfile): Facts => {
    found ??= findContext(job.path, dockerfile, {
      explicit: job.context,
      root: job.root,
      cache: around.disk,
      wantedManifests,
    });
    facts = factsOf(found, job, around);
    return facts;
  };
  const { transforms, options, level } = job.settings;
  const known = job.settings.judgeNames === true ? around.catalogue : undefined;
  const chosen = { ...pick(transforms, around), known, options, level };
  const result = fix(text, { ...chosen, facts: findFacts });
  return {
    result,
    options: { ...chosen, facts: facts ?? factsOf(found, job, around) },
    context: describeContext(found),
  };
}

/** What a job reports of its text. */
export function outcomeOf(job: Job, { result, options, context }: FixedText, around: Surroundings): Outcome {
  const { preview } = job.settings;
  const more = preview && countMore(result, { ...options, ...pick(preview, around), level: 'unsafe' });
  return { result, context, more: more ?? {} };
}

function pick(names: readonly string[], { catalogue, onTransform }: Surroundings) {
  const transforms = catalogue.filter(({ name }) => names.includes(name));
  return onTransform === undefined ? { transforms } : { transforms, onTransform };
}

function factsOf(found: FoundContext | Refusal | undefined, job: Job, { disk, pending }: Surroundings): Facts {
  const known =
    found === undefined || isRefusal(found)
      ? { context: undefined, noContext: found?.reason }
      : { context: overlayContext(found.context, pending(found.root)) };
  let services: readonly ComposeService[] | undefined;
  return {
    ...known,
    images,
    composeServices: () => (services ??= servicesAround(job.path, job.root, disk)),
    get repository() {
      return repositoryOf(job.path, job.root, disk);
    },
    get folder() {
      return folderInRepository(job.path, job.root, disk);
    },
  };
}

function describeContext(found: FoundContext | Refusal | undefined): FileReport['context'] {
  if (found === undefined || isRefusal(found)) return found && { reason: found.reason };
  return { root: found.root, origin: found.context.origin };
}

/** Number of changes that level unsafe would add, by transform: those of unsafe transforms, and those that others left alone. */
function countMore(result: Result, options: FixOptions): Readonly<Record<string, number>> {
  if (result.problems.some(({ kind }) => kind === 'parse')) return {};
  const held = result.leftAlone.filter(({ code, level }) => code === NEEDS_LEVEL && level === 'unsafe');
  const added = options.transforms.length === 0 ? [] : fix(result.after, options).changes;
  const counts: Record<string, number> = {};
  for (const { transform } of [...held, ...added]) counts[transform] = (counts[transform] ?? 0) + 1;
  return counts;
}
