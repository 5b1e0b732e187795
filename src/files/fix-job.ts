import type { Dockerfile } from '../dockerfile/types.js';
import { fix } from '../engine/fix.js';
import type { FixOptions } from '../engine/run.js';
import type { ContextEdit, Result, Transform } from '../engine/types.js';
import { DiskTrees, type DiskCache } from '../facts/context/disk.js';
import { findContext, type FoundContext } from '../facts/context/find.js';
import { overlayContext } from '../facts/context/overlay.js';
import { shippedImages } from '../facts/images/shipped.js';
import type { Facts } from '../facts/types.js';
import type { FileProblem, FileReport } from '../report/types.js';
import { loadCatalogue } from './config/catalogue.js';
import type { Settings } from './config/types.js';
import { FileError } from './disk/file-error.js';
import { describeError, readSource } from './disk/read.js';

/** A Dockerfile to be fixed. */
export interface Job {
  /** Absolute. */
  readonly path: string;
  /** As shown. */
  readonly shown: string;
  /** The search for its context ends here. */
  readonly root: string;
  readonly context: string | undefined;
  /** Why there can be no context: then none is looked for. */
  readonly noContext?: string | undefined;
  readonly settings: Settings;
}

/** What came of a job: plain data that comes from a worker. Nothing is written yet. */
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

/** What the jobs of a thread share. */
export interface Shared {
  cache: DiskCache;
  readonly catalogues: Map<string, Promise<readonly Transform[]>>;
}

export const newShared = (): Shared => ({ cache: new DiskTrees(), catalogues: new Map() });

/** More roots than this are forgotten: a run over many repositories stays small. */
const MAX_ROOTS = 200;

const images = shippedImages();

/** Files of the context as the run left them, or would have. */
export type PendingFiles = (root: string) => readonly ContextEdit[];

/** Reads one Dockerfile and takes it through its transforms. */
export async function fixJob(job: Job, shared: Shared, pending: PendingFiles = () => []): Promise<Outcome> {
  try {
    return await fixJobText(job, readSource(job.path), shared, pending);
  } catch (error) {
    if (error instanceof FileError) return { error: { kind: error.kind, message: error.message, line: error.line } };
    return { error: { kind: 'crash', message: `dockmod failed: ${describeError(error)}`, line: undefined } };
  }
}

/** The same for a text that is already here. */
export async function fixJobText(
  job: Job,
  text: string,
  shared: Shared,
  pending: PendingFiles = () => [],
): Promise<Outcome> {
  if (shared.cache.size > MAX_ROOTS) shared.cache = new DiskTrees();
  const { settings } = job;
  const catalogue = await catalogueOf(settings, shared);
  // What can't be parsed needs no context.
  let found: FoundContext | undefined = job.noContext === undefined ? undefined : { reason: job.noContext };
  const findFacts = (dockerfile: Dockerfile): Facts => {
    found ??= findContext(job.path, dockerfile, { explicit: job.context, root: job.root, cache: shared.cache });
    return factsOf(found, pending);
  };
  const pick = (names: readonly string[]): readonly Transform[] => catalogue.filter(({ name }) => names.includes(name));
  const result = fix(text, { transforms: pick(settings.transforms), facts: findFacts, options: settings.options });
  const more =
    settings.preview.length === 0
      ? {}
      : countMore(result, {
          transforms: pick(settings.preview),
          facts: factsOf(found, pending),
          options: settings.options,
        });
  return { result, context: describeContext(found), more };
}

function catalogueOf({ plugins }: Settings, { catalogues }: Shared): Promise<readonly Transform[]> {
  const key = plugins.join('\n');
  const known = catalogues.get(key) ?? loadCatalogue(plugins);
  catalogues.set(key, known);
  return known;
}

function factsOf(found: FoundContext | undefined, pending: PendingFiles): Facts {
  if (found === undefined || 'reason' in found) return { context: undefined, noContext: found?.reason, images };
  return { context: overlayContext(found.context, pending(found.root)), images };
}

function describeContext(found: FoundContext | undefined): FileReport['context'] {
  if (found === undefined || 'reason' in found) return found;
  return { root: found.root, origin: found.context.origin };
}

/** What transforms that were not asked for would still change. */
function countMore({ after, problems }: Result, options: FixOptions): Readonly<Record<string, number>> {
  if (problems.some(({ kind }) => kind === 'parse')) return {};
  const counts: Record<string, number> = {};
  for (const { transform } of fix(after, options).changes) counts[transform] = (counts[transform] ?? 0) + 1;
  return counts;
}
