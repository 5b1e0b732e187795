import type { Dockerfile } from '../dockerfile/types.js';
import { wantedManifests } from '../ecosystems/project-files.js';
import { fix } from '../engine/fix.js';
import { takeLayout, withoutLayout, type LayoutOptions } from '../engine/layout.js';
import { NEEDS_LEVEL } from '../engine/levels.js';
import type { FixOptions } from '../engine/run.js';
import type { Result, Transform } from '../engine/types.js';
import { DiskTrees, type DiskCache } from '../facts/context/disk.js';
import { findContext, type FoundContext } from '../facts/context/find.js';
import { overlayContext } from '../facts/context/overlay.js';
import type { ContextEdit } from '../facts/context/types.js';
import { shippedImages } from '../facts/images/shipped.js';
import type { Facts } from '../facts/types.js';
import { isRefusal, refuse, type Refusal } from '../refusal.js';
import type { FileProblem, FileReport } from '../report/types.js';
import { loadCatalogue } from './config/catalogue.js';
import type { Settings } from './config/types.js';
import { describeError, FileError } from './disk/errors.js';
import { readSource } from './disk/read.js';

/** A Dockerfile to be fixed. */
export interface Job {
  /** Absolute. */
  readonly path: string;
  /** The path in reports. */
  readonly shown: string;
  /** The search for its build context ends at this folder. */
  readonly root: string;
  /** The build context, if given; absolute. */
  readonly context: string | undefined;
  /** Why there is no build context; then none is searched. */
  readonly noContext?: string | undefined;
  readonly settings: Settings;
}

/** The result of a job, as plain data that a worker thread can send. Nothing is written yet. */
export type Outcome =
  | {
      readonly result: Result;
      readonly context: FileReport['context'];
      readonly more: Readonly<Record<string, number>>;
    }
  | {
      readonly error: {
        readonly kind: FileProblem['kind'];
        readonly message: string;
        readonly line: number | undefined;
      };
    };

/** Caches that the jobs of a thread share. */
export interface JobCaches {
  disk: DiskCache;
  readonly catalogues: Map<string, Promise<readonly Transform[]>>;
}

export const newJobCaches = (): JobCaches => ({ disk: new DiskTrees(), catalogues: new Map() });

/** The cache is emptied when it holds more roots, so that memory stays bounded over many repositories. */
const MAX_ROOTS = 200;

const images = shippedImages();

/** Edits that this run made, or would make, to files of the build context at a root. */
export type PendingFiles = (root: string) => readonly ContextEdit[];

/** Reads one Dockerfile and runs its transforms. Errors become the outcome. */
export async function fixJob(job: Job, caches: JobCaches, pending: PendingFiles = () => []): Promise<Outcome> {
  try {
    return await fixJobText(job, readSource(job.path), caches, pending);
  } catch (error) {
    if (error instanceof FileError) return { error: { kind: error.kind, message: error.message, line: error.line } };
    return { error: { kind: 'crash', message: `dockmod failed: ${describeError(error)}`, line: undefined } };
  }
}

/** Runs the transforms of a job on a text. */
export async function fixJobText(
  job: Job,
  text: string,
  caches: JobCaches,
  pending: PendingFiles = () => [],
): Promise<Outcome> {
  if (caches.disk.size > MAX_ROOTS) caches.disk = new DiskTrees();
  const { settings } = job;
  const catalogue = await catalogueOf(settings, caches);
  // Searched on demand: a text that can't be parsed needs no context.
  let found: FoundContext | Refusal | undefined =
    job.noContext === undefined ? undefined : refuse('no-context', job.noContext);
  const findFacts = (dockerfile: Dockerfile): Facts => {
    found ??= findContext(job.path, dockerfile, {
      explicit: job.context,
      root: job.root,
      cache: caches.disk,
      wantedManifests,
    });
    return factsOf(found, pending);
  };
  const pick = (names: readonly string[]): readonly Transform[] => catalogue.filter(({ name }) => names.includes(name));
  const { level, options, preview } = settings;
  const chosen = { transforms: pick(settings.transforms), options, level };
  const fixed = fix(text, { ...chosen, facts: findFacts });
  const result = settings.format === true ? await layOut(fixed, { ...chosen, facts: factsOf(found, pending) }) : fixed;
  const more =
    preview === undefined
      ? {}
      : countMore(result, { transforms: pick(preview), facts: factsOf(found, pending), options, level: 'unsafe' });
  return { result, context: describeContext(found), more };
}

/** What the run writes beside the Dockerfile is in place when a second run looks. */
async function layOut(result: Result, options: LayoutOptions): Promise<Result> {
  if (result.problems.some(({ kind }) => kind === 'parse')) return result;
  const { context } = options.facts;
  const facts = { ...options.facts, context: context && overlayContext(context, result.contextEdits) };
  const { format } = await import('./prettier.js');
  try {
    const laidOut = await format(result.after);
    if ((await format(laidOut)) !== laidOut)
      return withoutLayout(result, 'not formatted: Prettier does not settle on a layout');
    return takeLayout(result, laidOut, { ...options, facts });
  } catch (error) {
    return withoutLayout(result, `not formatted: Prettier failed: ${describeError(error)}`);
  }
}

function catalogueOf({ plugins }: Settings, { catalogues }: JobCaches): Promise<readonly Transform[]> {
  const key = plugins.join('\n');
  const known = catalogues.get(key) ?? loadCatalogue(plugins);
  catalogues.set(key, known);
  return known;
}

function factsOf(found: FoundContext | Refusal | undefined, pending: PendingFiles): Facts {
  if (found === undefined || isRefusal(found)) return { context: undefined, noContext: found?.reason, images };
  return { context: overlayContext(found.context, pending(found.root)), images };
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
