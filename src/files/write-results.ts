import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ContextEdit } from '../facts/context/types.js';
import type { ContextFile, FileReport } from '../report/types.js';
import { filesWithAttributes } from './disk/attributes.js';
import { FileError } from './disk/errors.js';
import { isInFolder, showPath } from './disk/paths.js';
import { writeAtomic } from './disk/write.js';
import { failedReport, reportOf } from './file-report.js';
import { fixJob, fixJobText, newJobCaches } from './fix-job.js';
import type { Job, Outcome } from './job.js';

/** Writes the results of a run one after the other, in the order of the files; in a dry run it only reports them. */
export interface ResultWriter {
  write(job: Job, outcome: Outcome): Promise<FileReport>;
  /** Fixes those files again whose context was changed after they were done; call it after the last `write`. */
  revisit(): AsyncGenerator<FileReport>;
}

/** A file that is done, and the number of edits to its context at that time. */
interface Done {
  readonly job: Job;
  readonly root: string;
  readonly edits: number;
}

const MAX_VISITS = 3;

/**
 * Several Dockerfiles may share a context, and one of them may change its ignore file. The others are then fixed with the changed context, also
 * those that came before it: otherwise a second run would change them.
 */
export function openResultWriter(jobs: readonly Job[], cwd: string, dryRun: boolean): ResultWriter {
  const edits = new Map<string, readonly ContextEdit[]>();
  const done: Done[] = [];
  const pending = (root: string): readonly ContextEdit[] => edits.get(root) ?? [];

  // Asked when something is to be written, and then of all files at once: it takes a program of its own.
  let known: Promise<ReadonlySet<string>> | undefined;
  const specialOf = async (job: Job, outcome: Outcome): Promise<Target['isSpecial']> => {
    const { written, extended } = dryRun ? NOTHING : writtenBy(job, outcome);
    if (written) known ??= filesWithAttributes(jobs.map(({ path }) => path));
    const found = [await known, await filesWithAttributes(extended)];
    return (path) => found.some((paths) => paths?.has(path));
  };

  const finish = async (job: Job, outcome: Outcome): Promise<FileReport> => {
    const report = writeResult(job, outcome, { cwd, dryRun, isSpecial: await specialOf(job, outcome) });
    const root = rootOf(outcome);
    if (root === undefined || !('result' in outcome)) return report;
    if (report.contextFiles.length > 0) edits.set(root, [...pending(root), ...outcome.result.contextEdits]);
    done.push({ job, root, edits: pending(root).length });
    return report;
  };
  return {
    async write(job, outcome) {
      const root = rootOf(outcome);
      const stale = root !== undefined && pending(root).length > 0;
      return finish(job, stale ? await fixJob(job, newJobCaches(), pending) : outcome);
    },
    async *revisit() {
      for (let visit = 0; visit < MAX_VISITS; visit++)
        for (const one of done.splice(0)) {
          if (one.edits === pending(one.root).length) continue;
          const report = await finish(one.job, await fixAgain(one.job));
          if (report.changes.length > 0 || report.problems.length > 0) yield report;
        }
    },
  };

  /** In a dry run the file on disk does not have the changes of the first visit yet. */
  async function fixAgain(job: Job): Promise<Outcome> {
    const first = dryRun ? await fixJob(job, newJobCaches()) : undefined;
    if (first === undefined || !('result' in first)) return fixJob(job, newJobCaches(), pending);
    return fixJobText(job, first.result.after, newJobCaches(), pending);
  }
}

function rootOf(outcome: Outcome): string | undefined {
  return 'context' in outcome ? outcome.context?.root : undefined;
}

const NOTHING = { written: false, extended: [] };

/** Whether the Dockerfile will be written, and which files of its context that are there already; absolute. */
function writtenBy(job: Job, outcome: Outcome): { readonly written: boolean; readonly extended: readonly string[] } {
  if (!('result' in outcome)) return NOTHING;
  const { before, after, contextEdits } = outcome.result;
  const root = rootOf(outcome) ?? dirname(job.path);
  const extended = contextEdits.filter((edit) => edit.before !== undefined).map(({ path }) => resolve(root, path));
  return { written: before !== after, extended };
}

interface Target {
  readonly cwd: string;
  readonly dryRun: boolean;
  /** True for files with extended attributes. */
  readonly isSpecial: (path: string) => boolean;
}

/** Writes the files of the context first, since the Dockerfile may rely on them. */
function writeResult(job: Job, outcome: Outcome, target: Target): FileReport {
  const report = reportOf(job, outcome);
  if (!('result' in outcome)) return report;
  const { before, after, contextEdits } = outcome.result;
  try {
    const contextFiles = writeContextFiles(contextEdits, rootOf(outcome), target);
    if (!target.dryRun) writeAtomic(job.path, before, after, target.isSpecial(job.path));
    return { ...report, contextFiles };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const { problems } = failedReport(job.shown, { kind: error.kind, message: error.message, line: undefined });
    return { ...report, after: before, changes: [], more: {}, problems: [...report.problems, ...problems] };
  }
}

function writeContextFiles(
  edits: readonly ContextEdit[],
  root: string | undefined,
  { cwd, dryRun, isSpecial }: Target,
): readonly ContextFile[] {
  if (root === undefined || edits.length === 0) return [];
  return edits.map(({ path, before, after }) => {
    const absolute = resolve(root, path);
    if (!staysWithin(root, absolute)) throw new FileError(`not written: ${path} leaves the build context`, 'write');
    const shown = showPath(absolute, cwd);
    try {
      if (!dryRun) writeAtomic(absolute, before, after, isSpecial(absolute));
    } catch (error) {
      throw error instanceof FileError ? new FileError(`${shown}: ${error.message}`, 'write') : error;
    }
    return { path: shown, before, after };
  });
}

/** True when a file, or the folder of a new file, is within the root after links are followed. */
function staysWithin(root: string, path: string): boolean {
  if (!isInFolder(root, path)) return false;
  try {
    return isInFolder(realpathSync(root), realpathSync(path));
  } catch {
    return isInFolder(realpathSync(root), join(realpathSync(dirname(path)), 'new'));
  }
}
