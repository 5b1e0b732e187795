import { posix } from 'node:path';
import type { ContextEdit } from '../../facts/context/types.js';
import type { Settings } from '../../files/config/types.js';
import { FileError } from '../../files/disk/errors.js';
import { decodeSource } from '../../files/disk/read.js';
import { fixJobText, type JobCaches } from '../../files/fix-job.js';
import type { Outcome } from '../../files/job.js';
import { findDockerfiles } from './find-dockerfiles.js';
import type { RepositoryFiles } from './repository-files.js';
import { configPathsFor, settingsReader, type FixChoice } from './repository-settings.js';
import type { PlanEntry, PlannedFix, PlannedRefusal } from './types.js';

/** Path that a repository has while its files are fixed. No such folder exists on the disk: files come from git objects. */
const ROOT = '/repository';
/** Rounds of loading the files that a run asked for. */
const MAX_LOADS = 12;
const MAX_VISITS = 3;

export interface ChangedFile {
  readonly path: string;
  /** Undefined when it is new. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface RepositoryFix extends Pick<PlanEntry, 'fixes' | 'leftAlone' | 'problems' | 'skipped' | 'warnings'> {
  readonly dockerfiles: number;
  readonly changed: readonly ChangedFile[];
}

/**
 * Runs the transforms on every Dockerfile of a repository until nothing changes any more.
 * @param hopeless paths of Dockerfiles that are known to fail
 */
export async function fixRepository(
  files: RepositoryFiles,
  choice: FixChoice,
  hopeless: ReadonlySet<string> = new Set(),
): Promise<RepositoryFix> {
  const { found, skipped } = await findDockerfiles(files);
  const paths = found.flatMap(({ path, problem }) => (problem === undefined && !hopeless.has(path) ? [path] : []));
  await files.load([...paths, ...paths.flatMap(configPathsFor)]);
  const run: Run = { files, choice, changes: new Map(), contextEdits: new Map(), results: new Map(), fixes: [] };
  const settingsFor = settingsReader(files, choice);
  for (let visit = 0; visit < MAX_VISITS; visit++)
    for (const path of paths) if (isDue(run, path)) await visitDockerfile(run, path, settingsFor);
  const results = [...run.results.values()];
  const unfit = found.flatMap(({ path, problem }) => (problem === undefined ? [] : [{ path, message: problem }]));
  return {
    dockerfiles: found.length,
    changed: [...run.changes.values()]
      .filter(({ before, after }) => before !== after)
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    fixes: run.fixes,
    leftAlone: results.flatMap(({ leftAlone }) => leftAlone),
    problems: [...unfit, ...results.flatMap(({ problems }) => problems)],
    skipped: [...skipped, ...results.flatMap((one) => one.skipped)].sort((a, b) => (a.path < b.path ? -1 : 1)),
    warnings: results.flatMap(({ warnings }) => warnings),
  };
}

interface Run {
  readonly files: RepositoryFiles;
  readonly choice: FixChoice;
  readonly changes: Map<string, ChangedFile>;
  /** By absolute root of the build context. */
  readonly contextEdits: Map<string, readonly ContextEdit[]>;
  /** Of the last visit, by Dockerfile. */
  readonly results: Map<string, VisitResult>;
  readonly fixes: PlannedFix[];
}

interface VisitResult {
  /** Root of the build context, and the number of edits in it after the visit. */
  readonly root: string | undefined;
  readonly edits: number;
  readonly leftAlone: readonly PlannedRefusal[];
  readonly problems: PlanEntry['problems'];
  readonly skipped: PlanEntry['skipped'];
  readonly warnings: PlanEntry['warnings'];
}

const NO_RESULT: VisitResult = { root: undefined, edits: 0, leftAlone: [], problems: [], skipped: [], warnings: [] };

const EXCLUDED = "the repository's configuration excludes it";

function skippedResult(path: string, reason: string): VisitResult {
  return { ...NO_RESULT, skipped: [{ path, reason }] };
}

/** A Dockerfile is fixed again when another one has changed a file of their shared build context. */
function isDue({ results, contextEdits }: Run, path: string): boolean {
  const last = results.get(path);
  return last === undefined || last.edits !== editsIn(contextEdits, last.root).length;
}

async function visitDockerfile(run: Run, path: string, settingsFor: ReturnType<typeof settingsReader>): Promise<void> {
  try {
    const settings = await settingsFor(path);
    if (settings === undefined) return void run.results.set(path, skippedResult(path, EXCLUDED));
    const idle = settings.transforms.length === 0;
    run.results.set(path, idle ? NO_RESULT : applyOutcome(run, path, await fixDockerfile(run, path, settings)));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const { leftAlone } = run.results.get(path) ?? NO_RESULT;
    run.results.set(path, { ...NO_RESULT, leftAlone, problems: [problemOf(path, error)] });
  }
}

/** Runs the transforms, and again after loading the files that they asked for, until none is missing. */
async function fixDockerfile(
  { files, choice, changes, contextEdits }: Run,
  path: string,
  settings: Settings,
): Promise<Outcome> {
  const text = changes.get(path)?.after ?? textOf(files, path);
  const job = {
    path: posix.join(ROOT, path),
    shown: path,
    root: ROOT,
    context: undefined,
    settings,
    named: false,
    timeout: choice.fileTimeout,
  };
  for (let load = 0; ; load++) {
    const catalogues = new Map([['', Promise.resolve(choice.catalogue)]]);
    const caches: JobCaches = { disk: files.trees(ROOT), catalogues };
    const outcome = await fixJobText(job, text, caches, (root) => editsIn(contextEdits, root));
    const late = 'error' in outcome && outcome.error.kind === 'timeout';
    if (late || !(await files.load()) || load === MAX_LOADS) return outcome;
  }
}

function textOf(files: RepositoryFiles, path: string): string {
  const bytes = files.get(path);
  if (bytes === undefined) throw new FileError('it is too large to be a Dockerfile', 'read');
  return decodeSource(Buffer.from(bytes));
}

/** Takes over what a visit changed. @throws FileError when the Dockerfile can't be parsed */
function applyOutcome(run: Run, path: string, outcome: Outcome): VisitResult {
  if ('error' in outcome) throw new FileError(outcome.error.message, 'read', outcome.error.line);
  if ('skipped' in outcome) return skippedResult(path, outcome.skipped.reason);
  const { result, context } = outcome;
  recordChange(run, path, result);
  const root = context?.root;
  if (root !== undefined) addContextEdits(run, root, result.contextEdits);
  run.fixes.push(
    ...result.changes.map(({ transform, level, message, line }) => ({ path, line, transform, level, message })),
  );
  return {
    root,
    edits: editsIn(run.contextEdits, root).length,
    leftAlone: result.leftAlone.map(({ transform, level, code, reason, line }) => ({
      path,
      line,
      transform,
      level,
      code,
      reason,
    })),
    problems: result.problems.map((problem) => problemOf(path, problem)),
    skipped: [],
    warnings: result.warnings.map(({ line, message }) => ({ path, line, message })),
  };
}

function addContextEdits(run: Run, root: string, edits: readonly ContextEdit[]): void {
  run.contextEdits.set(root, [...editsIn(run.contextEdits, root), ...edits]);
  for (const { path, ...edit } of edits) recordChange(run, posix.relative(ROOT, posix.join(root, path)), edit);
}

/** A file that changes more than once keeps its first `before`. */
function recordChange(
  { changes, files }: Run,
  path: string,
  { before, after }: { readonly before: string | undefined; readonly after: string },
): void {
  if (before === after) return;
  const first = changes.get(path);
  changes.set(path, { path, before: first === undefined ? before : first.before, after });
  files.edit(path, after);
}

function editsIn(edits: Run['contextEdits'], root: string | undefined): readonly ContextEdit[] {
  return edits.get(root ?? '') ?? [];
}

function problemOf(path: string, { message, line }: { readonly message: string; readonly line?: number | undefined }) {
  return { path, message: line === undefined ? message : `line ${line}: ${message}` };
}
