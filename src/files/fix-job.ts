import { nameWithFile } from '../engine/run.js';
import type { Transform } from '../engine/types.js';
import { DiskTrees, type DiskCache } from '../facts/context/disk.js';
import { loadCatalogue } from './config/catalogue.js';
import type { Settings } from './config/types.js';
import { describeError, FileError } from './disk/errors.js';
import { readSource } from './disk/read.js';
import { fixText, outcomeOf, type PendingFiles, type Surroundings } from './fix-text.js';
import type { Job, Outcome } from './job.js';
import { layOut, type Limited } from './lay-out.js';
import { whySkipped } from './skip.js';
import { DEFAULT_FILE_TIMEOUT, TimeLimitError, withTimeLimit } from './time-limit.js';

/** Caches that the jobs of a thread share. */
export interface JobCaches {
  disk: DiskCache;
  readonly catalogues: Map<string, Promise<readonly Transform[]>>;
}

export const newJobCaches = (): JobCaches => ({ disk: new DiskTrees(), catalogues: new Map() });

/** The cache is emptied when it holds more roots, so that memory stays bounded over many repositories. */
const MAX_ROOTS = 200;
/** Seconds for several jobs that share one limit. */
const SHARED_TIMEOUT = 1;

const NONE: PendingFiles = () => [];

/** Reads one Dockerfile and runs its transforms, for as long as they may take. Errors become the outcome. */
export async function fixJob(job: Job, caches: JobCaches, pending: PendingFiles = NONE): Promise<Outcome> {
  try {
    return await fixJobText(job, readSource(job.path), caches, pending);
  } catch (error) {
    return failedOutcome(error);
  }
}

/** As `fixJob` one after the other; cheaper, because they share one limit and have one each only when it is exceeded. */
export async function fixJobs(jobs: readonly Job[], caches: JobCaches): Promise<readonly Outcome[]> {
  const alone = jobs.length === 1 || jobs.some(({ settings }) => settings.format === true);
  const outcomes = alone ? [] : await fixTogether(jobs, caches);
  for (const job of jobs.slice(outcomes.length)) outcomes.push(await fixJob(job, caches));
  return outcomes;
}

/** Those that the shared time was enough for. */
async function fixTogether(jobs: readonly Job[], caches: JobCaches): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  try {
    const catalogues = await Promise.all(jobs.map(({ settings }) => catalogueOf(settings, caches)));
    const limit = Math.min(SHARED_TIMEOUT, ...jobs.map(timeoutOf));
    withTimeLimit(limit, () => {
      for (const [index, job] of jobs.entries()) outcomes.push(readAndFix(job, catalogues[index] ?? [], caches));
    });
  } catch {
    // The first that is missing is done again alone: it has a longer time, and an error of its own to report.
    caches.disk = new DiskTrees();
  }
  return outcomes;
}

function readAndFix(job: Job, catalogue: readonly Transform[], caches: JobCaches): Outcome {
  try {
    const around: Surroundings = { catalogue, disk: diskOf(caches), pending: NONE };
    const text = readSource(job.path);
    const skipped = whySkipped(job, text, diskOf(caches));
    return skipped === undefined ? outcomeOf(job, fixText(job, text, around), around) : { skipped };
  } catch (error) {
    return failedOutcome(error);
  }
}

/** Runs the transforms of a job on a text, for as long as they may take. */
export async function fixJobText(
  job: Job,
  text: string,
  caches: JobCaches,
  pending: PendingFiles = NONE,
): Promise<Outcome> {
  const skipped = whySkipped(job, text, diskOf(caches));
  if (skipped !== undefined) return { skipped };
  const catalogue = await catalogueOf(job.settings, caches);
  const disk = diskOf(caches);
  let running: Transform | undefined;
  const onTransform = (transform: Transform): void => void (running = transform);
  const around: Surroundings = { catalogue, disk, pending, onTransform };
  const limited: Limited = (work) => withTimeLimit(timeoutOf(job), work);
  try {
    if (job.settings.format !== true) return limited(() => outcomeOf(job, fixText(job, text, around), around));
    const fixed = limited(() => fixText(job, text, around));
    const result = await layOut(fixed, limited);
    return limited(() => outcomeOf(job, { ...fixed, result }, around));
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    caches.disk = new DiskTrees();
    return lateOutcome(timeoutOf(job), running);
  }
}

const timeoutOf = ({ timeout = DEFAULT_FILE_TIMEOUT }: Job): number => timeout;

function diskOf(caches: JobCaches): DiskCache {
  if (caches.disk.size > MAX_ROOTS) caches.disk = new DiskTrees();
  return caches.disk;
}

function catalogueOf({ plugins }: Settings, { catalogues }: JobCaches): Promise<readonly Transform[]> {
  const key = plugins.join('\n');
  const known = catalogues.get(key) ?? loadCatalogue(plugins);
  catalogues.set(key, known);
  return known;
}

function failedOutcome(error: unknown): Outcome {
  if (error instanceof FileError) return { error: { kind: error.kind, message: error.message, line: error.line } };
  return { error: { kind: 'crash', message: `dockmod failed: ${describeError(error)}`, line: undefined } };
}

function lateOutcome(seconds: number, running: Transform | undefined): Outcome {
  const what = running === undefined ? 'dockmod' : nameWithFile(running);
  const message = `skipped: after ${seconds} s ${what} was still at work; --file-timeout sets the limit`;
  return { error: { kind: 'timeout', message, line: undefined, transform: running?.name } };
}
