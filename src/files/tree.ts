import { resolve } from 'node:path';
import type { FileReport } from '../report/types.js';
import { openConfigs } from './config/config-cache.js';
import type { RunOptions } from './config/types.js';
import { discover, type Found } from './discover.js';
import { showPath } from './disk/paths.js';
import type { Job } from './fix-job.js';
import { runJobs } from './pool.js';
import { failedReport, makeSettler } from './write-results.js';

/**
 * Fixes every Dockerfile that the paths name or hold, and reports on each, in a fixed order. What goes wrong with one file is in
 * its report; the others are done.
 * @throws UsageError before anything is written, when the options or the configuration named are wrong
 */
export async function* fixTree(paths: readonly string[], options: RunOptions = {}): AsyncGenerator<FileReport> {
  const cwd = resolve(options.cwd ?? '.');
  const configs = openConfigs({ ...options, cwd });
  const items = planItems(await discover(paths, cwd, configs), cwd, options);
  const jobs = items.filter((item) => 'settings' in item);
  options.onStart?.(jobs.length);
  const settler = makeSettler(cwd, options.dryRun === true);
  const outcomes = runJobs(jobs, options.jobs);
  try {
    for (const item of items) {
      if (!('settings' in item)) yield item;
      else {
        const next = await outcomes.next();
        if (next.done !== true) yield await settler.settle(...next.value);
      }
    }
    yield* settler.revisit();
  } finally {
    await outcomes.return(undefined);
  }
}

/** Fixes one Dockerfile. */
export async function fixFile(path: string, options: RunOptions = {}): Promise<FileReport> {
  for await (const report of fixTree([path], options)) return report;
  return failedReport(path, { kind: 'find', message: 'there is no Dockerfile in it', line: undefined });
}

/** What is to be done, and what can't be; a configuration that is wrong is told once. */
function planItems(found: readonly Found[], cwd: string, options: RunOptions): readonly (Job | FileReport)[] {
  const told = new Set<string>();
  return found.flatMap(({ path, root, scope, error }): (Job | FileReport)[] => {
    const shown = showPath(path, cwd);
    if (error !== undefined)
      return [failedReport(shown, { kind: error.kind, message: error.message, line: error.line })];
    if (typeof scope.settings === 'function') {
      const context = options.context === undefined ? undefined : resolve(cwd, options.context);
      return [{ path, shown, root, context, settings: scope.settings(path) }];
    }
    const { file, message } = scope.settings;
    if (told.has(file)) return [];
    told.add(file);
    return [failedReport(showPath(file, cwd), { kind: 'config', message, line: undefined })];
  });
}
