import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ContextEdit } from '../engine/types.js';
import type { ContextFile, FileProblem, FileReport } from '../report/types.js';
import { FileError } from './disk/file-error.js';
import { isWithin, showPath } from './disk/paths.js';
import { writeAtomic } from './disk/write.js';
import { fixJob, fixJobText, newShared, type Outcome, type Job } from './fix-job.js';

/** Turns outcomes into what is on disk, one after the other, in the order of the files. */
export interface Settler {
  settle(job: Job, outcome: Outcome): Promise<FileReport>;
  /** Files whose context has changed since they were done, done again. */
  revisit(): AsyncGenerator<FileReport>;
}

/** A file that is done, and what its context was like: the number of changes made to it. */
interface Done {
  readonly job: Job;
  readonly root: string;
  version: number;
}

const MAX_VISITS = 3;

/**
 * Several Dockerfiles share a context, and one may change its ignore file. Those that come later, and those that came before,
 * are fixed again by the context as it then is: so a second run changes nothing.
 */
export function makeSettler(cwd: string, dryRun: boolean): Settler {
  const edits = new Map<string, ContextEdit[]>();
  const done: Done[] = [];
  const pending = (root: string): readonly ContextEdit[] => edits.get(root) ?? [];

  const finish = (job: Job, outcome: Outcome): FileReport => {
    const report = conclude(job, outcome, { cwd, dryRun, pending });
    if ('result' in outcome && outcome.context !== undefined && 'root' in outcome.context) {
      const { root } = outcome.context;
      const written = report.contextFiles.length === 0 ? [] : outcome.result.contextEdits;
      if (written.length > 0) edits.set(root, [...pending(root), ...written]);
      done.push({ job, root, version: pending(root).length });
    }
    return report;
  };
  return {
    async settle(job, outcome) {
      const root = rootOf(outcome);
      const stale = root !== undefined && pending(root).length > 0;
      return finish(job, stale ? await fixJob(job, newShared(), pending) : outcome);
    },
    async *revisit() {
      for (let visit = 0; visit < MAX_VISITS; visit++)
        for (const one of done.splice(0)) {
          if (one.version === pending(one.root).length) continue;
          const report = finish(one.job, await fixAgain(one.job));
          if (report.changes.length > 0 || report.problems.length > 0) yield report;
        }
    },
  };

  /** In a dry run the file on disk is not yet what the first visit made of it. */
  async function fixAgain(job: Job): Promise<Outcome> {
    const first = dryRun ? await fixJob(job, newShared()) : undefined;
    if (first === undefined || 'error' in first) return fixJob(job, newShared(), pending);
    return fixJobText(job, first.result.after, newShared(), pending);
  }
}

function rootOf(outcome: Outcome): string | undefined {
  return 'context' in outcome && outcome.context !== undefined && 'root' in outcome.context
    ? outcome.context.root
    : undefined;
}

interface Target {
  readonly cwd: string;
  readonly dryRun: boolean;
  readonly pending: (root: string) => readonly ContextEdit[];
}

/** Writes what came of a job, the context's files first: the Dockerfile may rely on them. */
function conclude(job: Job, outcome: Outcome, target: Target): FileReport {
  if ('error' in outcome) return failedReport(job.shown, outcome.error);
  const { result, context, more } = outcome;
  const problems = result.problems.map((problem) => ({ ...problem, path: job.shown }));
  const report = { ...result, path: job.shown, read: true, context, more, contextFiles: [], problems };
  try {
    const contextFiles = writeContextFiles(result.contextEdits, rootOf(outcome), target);
    if (!target.dryRun) writeAtomic(job.path, result.before, result.after);
    return { ...report, contextFiles };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const problem = {
      kind: error.kind,
      path: job.shown,
      line: undefined,
      message: error.message,
      transform: undefined,
    };
    return { ...report, after: result.before, changes: [], more: {}, problems: [...problems, problem] };
  }
}

function writeContextFiles(
  edits: readonly ContextEdit[],
  root: string | undefined,
  target: Target,
): readonly ContextFile[] {
  if (root === undefined || edits.length === 0) return [];
  return edits.map(({ path, before, after }) => {
    const absolute = resolve(root, path);
    if (!staysWithin(root, absolute)) throw new FileError(`not written: ${path} leaves the build context`, 'write');
    try {
      if (!target.dryRun) writeAtomic(absolute, before, after);
    } catch (error) {
      throw error instanceof FileError
        ? new FileError(`${showPath(absolute, target.cwd)}: ${error.message}`, 'write')
        : error;
    }
    return { path: showPath(absolute, target.cwd), before, after };
  });
}

function staysWithin(root: string, path: string): boolean {
  if (!isWithin(root, path)) return false;
  try {
    return isWithin(realpathSync(root), realpathSync(path));
  } catch {
    return isWithin(realpathSync(root), join(realpathSync(dirname(path)), 'new'));
  }
}

/** What is told of a file that could not be read. */
export function failedReport(path: string, error: Pick<FileProblem, 'kind' | 'message' | 'line'>): FileReport {
  const problem = { kind: error.kind, path, line: error.line, message: error.message, transform: undefined };
  const nothing = { before: '', after: '', changes: [], leftAlone: [], contextFiles: [], more: {}, context: undefined };
  return { ...nothing, path, read: false, problems: [problem] };
}
