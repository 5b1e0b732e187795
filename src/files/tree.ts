import { resolve } from 'node:path';
import type { FileReport } from '../report/types.js';
import { openConfigCache } from './config/config-cache.js';
import type { RunOptions } from './config/types.js';
import { discover } from './discover.js';
import { sweepDrafts } from './disk/drafts.js';
import { showPath } from './disk/paths.js';
import { failedReport, skippedReport } from './file-report.js';
import type { Found } from './found.js';
import { givenContext } from './given-context.js';
import type { Job } from './job.js';
import { runJobs } from './pool.js';
import { checkFormatter } from './prettier.js';
import { openResultWriter } from './write-results.js';

/**
 * Fixes every Dockerfile that the paths name or contain and reports on each, in a fixed order. An error in one file is in its
 * report and does not stop the others.
 * @throws UsageError or UnknownTransformError before anything is written, when an option or the configuration that it names is wrong
 */
export async function* fixTree(paths: readonly string[], options: RunOptions = {}): AsyncGenerator<FileReport> {
  const cwd = resolve(options.cwd ?? '.');
  if (options.format === true) checkFormatter();
  const configs = openConfigCache({ ...options, cwd });
  const { found, draftFolders } = await discover(paths, cwd, configs);
  const items = planItems(found, cwd, options);
  const jobs = items.filter((item) => 'settings' in item);
  options.onStart?.(items.length);
  if (options.dryRun !== true) draftFolders.forEach(sweepDrafts);
  const writer = openResultWriter(jobs, cwd, options.dryRun === true);
  const outcomes = runJobs(jobs, options.jobs);
  try {
    for (const item of items) {
      if (!('settings' in item)) yield item;
      else {
        const next = await outcomes.next();
        if (next.done !== true) yield await writer.write(...next.value);
      }
    }
    yield* writer.revisit();
  } finally {
    await outcomes.return(undefined);
  }
}

/** Fixes one Dockerfile. */
export async function fixFile(path: string, options: RunOptions = {}): Promise<FileReport> {
  for await (const report of fixTree([path], options)) return report;
  return failedReport(path, { kind: 'find', message: 'no Dockerfile found', line: undefined });
}

/** A job for each file, or a report when it can't be done. A wrong configuration is reported once. */
function planItems(found: readonly Found[], cwd: string, options: RunOptions): readonly (Job | FileReport)[] {
  const told = new Set<string>();
  const context = givenContext(options, cwd);
  return found.flatMap(({ path, root, scope, error, skipped, named = false }): (Job | FileReport)[] => {
    const shown = showPath(path, cwd);
    if (error !== undefined)
      return [failedReport(shown, { kind: error.kind, message: error.message, line: error.line })];
    if (skipped !== undefined) return [skippedReport(shown, skipped)];
    if (typeof scope.settings === 'function') {
      return [{ path, shown, root, context, settings: scope.settings(path), named, timeout: options.fileTimeout }];
    }
    const { file, message, frames: stack } = scope.settings;
    if (told.has(file)) return [];
    told.add(file);
    return [failedReport(showPath(file, cwd), { kind: 'config', message, line: undefined, stack })];
  });
}
